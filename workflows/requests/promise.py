"""The dates a requester is told: by when a new question is read and answered, and what is honest when it is late."""

from dataclasses import dataclass
from datetime import date, datetime

from config import policy
from workflows.core.calendars import HELPDESK

RESEARCH = policy.OFFER_WORKING_DAYS + policy.SUBMISSION_WORKING_DAYS + policy.REQUESTER_DATE_MARGIN_WORKING_DAYS
IN_ALL = policy.TRIAGE_WORKING_DAYS + RESEARCH
"""Working days from asking to the answer that is promised."""
ONE_MORE_ROUND = {
    "read": RESEARCH,
    "researched": policy.LATE_RESEARCH_WORKING_DAYS + policy.REQUESTER_DATE_MARGIN_WORKING_DAYS,
    "checked": policy.REVIEW_WORKING_DAYS,
}
"""How many working days a stage gets when its date has passed."""


@dataclass(frozen=True, slots=True)
class Promise:
    """By when the helpdesk reads a question, and by when it answers."""

    triage_by: date
    promised_by: date


def promise(now: datetime) -> Promise:
    """What is promised to whoever writes now, in the helpdesk's working days."""
    today = HELPDESK.local_day(now)
    return Promise(
        HELPDESK.add_working_days(today, policy.TRIAGE_WORKING_DAYS),
        HELPDESK.add_working_days(today, IN_ALL),
    )


def after_pause(day: date, since: datetime, now: datetime) -> date:
    """The day moved by the working days that the helpdesk's clocks stood still."""
    waited = HELPDESK.working_days_between(HELPDESK.local_day(since), HELPDESK.local_day(now))
    return HELPDESK.add_working_days(day, waited) if waited else day


def honest_date(stage: str, expected: date, today: date) -> date:
    """The day by which an answer may really be expected: never one that has passed.

    A missed day is followed by the next one, a round of the stage later, and stays until that has passed as well.
    """
    while expected < today:
        expected = HELPDESK.add_working_days(expected, ONE_MORE_ROUND[stage])
    return expected
