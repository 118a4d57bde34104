"""A client may change the policy; these relations between its numbers must survive the change."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from config import policy

ROOT = Path(__file__).resolve().parents[2]
CODE = ("config", "workflows", "web_kit", "webapp", "partner_portal", "tasks", "sandbox", "ops")
CAPS = {"REMINDERS_PER_DEADLINE"}
"""What no code reads, because the ladders are held to it below."""


def test_every_number_of_the_policy_is_read_by_the_code():
    texts = (file.read_text() for folder in CODE for file in (ROOT / folder).rglob("*.py"))
    said = {word for text in texts for word in re.findall(r"policy\.([A-Z][A-Z0-9_]+)", text)}
    written = (ROOT / "config/policy.py").read_text()
    promised = set(re.findall(r"^([A-Z][A-Z0-9_]+)", written, re.MULTILINE))
    own = {name for name in promised if len(re.findall(rf"\b{name}\b", written)) > 1}
    assert promised - said - own == CAPS


def test_a_letter_is_never_sent_again_while_it_is_still_being_sent():
    assert policy.OUTBOX_LEASE > policy.HANDED_OVER_WITHIN + 5 * policy.SMTP_TIMEOUT


@pytest.mark.parametrize("site", ["PORTAL", "DESK", "CASELOAD", "REQUESTER"])
def test_a_session_idles_shorter_than_it_lives(site):
    assert timedelta(0) < getattr(policy, f"{site}_IDLE") < getattr(policy, f"{site}_ABSOLUTE")


def test_an_offer_lapses_only_after_the_desk_was_told():
    assert max(policy.OFFER_REMINDERS) < policy.OFFER_TELL_DESK < policy.OFFER_LAPSES


def test_a_manager_hears_of_it_last():
    assert max(policy.SUBMISSION_REMINDERS) < policy.SUBMISSION_TELL_MANAGER
    assert policy.REVIEW_SECOND_EDITOR_FROM_START < policy.REVIEW_TELL_MANAGER_FROM_START


@pytest.mark.parametrize("ladder", [name for name in vars(policy) if name.endswith(("REMINDERS", "ALERTS_DAYS"))])
def test_every_ladder_climbs(ladder):
    steps = getattr(policy, ladder)
    assert list(steps) == sorted(set(steps))
    assert len(steps) <= policy.REMINDERS_PER_DEADLINE


def test_urgent_is_sooner_than_usual():
    assert policy.OFFER_URGENT_WORKING_DAYS < policy.OFFER_WORKING_DAYS
    assert policy.SUBMISSION_URGENT_WORKING_DAYS <= policy.SUBMISSION_URGENT_LONGEST_WORKING_DAYS
    assert policy.SUBMISSION_URGENT_LONGEST_WORKING_DAYS < policy.SUBMISSION_WORKING_DAYS


def test_a_question_can_be_reopened_as_long_as_its_text_exists():
    assert policy.REOPEN_DAYS <= policy.ERASURE_DAYS


def test_letters_wait_no_longer_than_promised():
    assert policy.LETTERS_OPEN < policy.LETTERS_CLOSE
    assert policy.BACKOFF_BASE < policy.BACKOFF_LONGEST <= timedelta(hours=1)
