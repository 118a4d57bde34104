"""An introduction names nobody: in no tongue, and none of those who did not agree behind the texts of its sheet."""

import pytest
from sqlalchemy.orm import Session

from tests.at_desk import AtDesk
from tests.excerpts import published, recent
from tests.reviews import submitted
from tests.sheets import LINKS, make_draft
from workflows.answers.models import Contact
from workflows.core.clock import now
from workflows.core.errors import Incomplete
from workflows.sheets.desk import send_edition
from workflows.sheets.publishing import publish_edition


@pytest.fixture
def pinned(scene: Session, at_desk: AtDesk) -> str:
    """A text written from an answer whose contact, the clerk Berisha, did not agree to be published."""
    made = submitted(scene, state="accepted")
    scene.add(Contact(
        answer_id=made.answer.id, position=2, point_code="Q1", label="Clerk of the registry – do not publish",
        may_publish=False, reach="", keeps_reach=True, dropped=False, restricted_reach="Ms Vjosa Berisha, second window",
    ))  # fmt: skip
    scene.commit()
    with at_desk() as session:
        return published(session, recent(), made.editor, now(), revisions=[made.revision.id]).ref


def problems(at_desk: AtDesk, people, pins: dict[str, list[str]], intro: str) -> set[str]:
    with at_desk() as session:
        edition = make_draft(session, people.author, pins, {"HOU": intro})
    try:
        with at_desk() as session:
            send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True)
    except Incomplete as refused:
        return set(refused.problems)
    return set()


@pytest.mark.parametrize(
    "intro",
    ["Berisha vous reçoit.", "Demandez vjosa berisha.", "**Ber**isha ouvre à huit heures.", "The clerk of the registry knows.",
     "Mbuyi tient une pharmacie.", "Mbombo aide."],
)  # fmt: skip
def test_who_did_not_agree_is_not_named_before_a_text_that_rests_on_their_words(at_desk, people, pinned, intro) -> None:
    assert problems(at_desk, people, {"HOU": [pinned]}, intro) == {"sections-4-intro"}


def test_they_are_strangers_to_a_sheet_that_does_not_rest_on_them(at_desk, people, pinned) -> None:
    assert problems(at_desk, people, {"HOU": [people.housing]}, "Le centre Berisha ouvre à huit heures.") == set()


@pytest.mark.parametrize(
    "intro", ["My sister Fatima Haddad helps.", "Mijn broer Karim helpt.", "السيدة ليلى حداد تساعد"]
)
def test_a_name_in_another_tongue_than_the_sheet_is_refused(at_desk, people, intro) -> None:
    assert problems(at_desk, people, {"HOU": [people.housing]}, intro) == {"sections-4-intro"}


@pytest.mark.parametrize("intro", ["", "Le loyer se paie d’avance.", "La fenêtre du registre ouvre à huit heures."])
def test_an_ordinary_introduction_passes(at_desk, people, pinned, intro) -> None:
    assert problems(at_desk, people, {"HOU": [pinned]}, intro) == set()


def test_it_is_asked_again_when_the_sheet_is_published(at_desk, people, pinned, scene) -> None:
    """Somebody may take their agreement back while a sheet waits for its second editor."""
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HOU": [pinned]}, {"HOU": "Le bureau Tshilombo ouvre tôt."})
    with at_desk() as session:
        sent = send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True)
    made = scene.query(Contact).filter(Contact.label.startswith("Clerk")).one()
    scene.add(Contact(
        answer_id=made.answer_id, position=3, point_code="Q1", label="Porter", may_publish=False, reach="",
        keeps_reach=True, dropped=False, restricted_reach="Mr Tshilombo",
    ))  # fmt: skip
    scene.commit()
    with at_desk() as session, pytest.raises(Incomplete) as refused:
        publish_edition(session, people.other, sent.id, sent.version, now(), LINKS)
    assert set(refused.value.problems) == {"sections-4-intro"}
