"""Letters that are written together: as many statements as for one, whoever they go to."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.factories import (
    NOW,
    make_assignment,
    make_counsellor,
    make_partner,
    make_question,
    make_request,
    make_researcher,
    make_staff,
)
from tests.workflows.notices.test_grouping import answered, deliver, group, happened, offer_to
from tests.workflows.notices.test_send import OFFICE
from workflows.accounts.models import FormerAddress, PartnerAbsence, StaffAccount
from workflows.notices.send import write


def withdrawn(scene: Session) -> None:
    event = happened(scene, "question.withdraw", make_question(scene, state="withdrawn"))
    deliver(scene, event, "question_withdrawn", "staff", make_staff(scene).id)


def offered(scene: Session) -> None:
    """To a researcher of a partner that is away in summer."""
    partner = make_partner(scene)
    scene.add(PartnerAbsence(partner_id=partner.id, first_day=date(2026, 7, 1), last_day=date(2026, 7, 9)))
    offer_to(scene, make_researcher(scene, partner).id, make_assignment(scene, partner))


def news_of_a_case(scene: Session) -> None:
    counsellor = make_counsellor(scene)
    request = make_request(scene, counsellor_id=counsellor.id)
    event = happened(scene, "question.answer", make_question(scene, request, state="answered"), "answered")
    deliver(scene, event, "requester_news", "counsellor", counsellor.id)


def moved(scene: Session) -> None:
    """To the address that somebody had before."""
    event = happened(scene, "staff.readdress", scene.get_one(StaffAccount, make_staff(scene).id))
    given = {"kind": "staff", "address": "before@example.net", "language": "fr", "at": NOW}
    scene.add(FormerAddress(event_id=event.id, **given))
    deliver(scene, event, "address_changed", "staff", event.id, alone=True)


@pytest.mark.parametrize("happen", [answered, withdrawn, offered, news_of_a_case, moved])
def test_letters_are_written_together_with_as_many_statements_as_one(
    scene: Session, happen: Callable[[Session], None]
) -> None:
    for _ in range(3):
        happen(scene)
    ids, asked = [letter.id for letter in group(scene)], []
    scene.flush()
    event.listen(scene.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    scene.expunge_all()
    assert len(write(scene, ids[:1], OFFICE, NOW)) == 1
    alone = len(asked)
    scene.expunge_all()
    assert len(write(scene, ids[1:], OFFICE, NOW)) == 2
    assert len(asked) == 2 * alone
