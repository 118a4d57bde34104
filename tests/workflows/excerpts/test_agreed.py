"""What a contact agreed to publish may stand in a text, and in that one only; the same is asked at publishing."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.excerpts import LATER, drafted, text
from tests.factories import NOW, TODAY, make_revision, make_staff
from tests.reviews import Submitted, submitted
from workflows.core.actors import Role
from workflows.core.errors import Incomplete
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.checks import read_version
from workflows.excerpts.desk import save_version
from workflows.excerpts.models import Change, Excerpt, ExcerptVersion
from workflows.excerpts.prefill import beginning
from workflows.excerpts.publishing import publish_excerpt

PHONE, MAIL = "+243 998 44 55 66", "Registry@hospital.example"


def contact(reach: str, **values: Any) -> dict[str, Any]:
    given = {"id": None, "position": 2, "point_code": "Q1", "label": "Registry of the ward", "may_publish": True,
             "reach": reach, "keeps_reach": False}  # fmt: skip
    return given | values


@pytest.fixture
def at(scene: Session) -> Submitted:
    return agreeing(scene, contact(f"{PHONE} or {MAIL}, weekdays 8 to 12"))


def agreeing(scene: Session, *contacts: dict[str, Any]) -> Submitted:
    case = submitted(scene, state="accepted")
    case.revision.content = case.revision.content | {"contacts": list(contacts)}
    scene.commit()
    return case


def written(session: Session, at: Submitted, body: str) -> ExcerptVersion:
    return drafted(session, at.editor, text(body=f"{body} [1] [2]"), [at.revision.id])


def refused(session: Session, version: ExcerptVersion, at: Submitted) -> set[str]:
    """The fields that keep it from being sent for approval."""
    try:
        send_for_approval(session, at.editor, version.id, NOW, version=version.version)
    except Incomplete as problem:
        return set(problem.problems)
    session.flush()
    return set()


def test_the_draft_that_an_answer_begins_with_is_not_blocked_by_its_own_contacts(desk_session, at) -> None:
    body = beginning(desk_session, at.editor, at.revision.id).text.body
    assert PHONE in body
    version = written(desk_session, at, body)
    assert refused(desk_session, version, at) == set()
    found = [one.text for one in read_version(desk_session, version, "en", TODAY).agreed]
    assert found == [PHONE, MAIL]


@pytest.mark.parametrize("spelt", ["Tel. 00243 998445566", "+243-998-445-566", "registry@HOSPITAL.example"])
def test_how_it_is_spelt_does_not_matter(desk_session, at, spelt: str) -> None:
    assert refused(desk_session, written(desk_session, at, f"Ask them: {spelt}."), at) == set()


@pytest.mark.parametrize("other", ["+243 998 44 55 67", "other@hospital.example", "BE68 5390 0754 7034"])
def test_another_number_beside_it_still_blocks(desk_session, at, other: str) -> None:
    assert refused(desk_session, written(desk_session, at, f"Ask {PHONE}. Not {other}."), at) == {"body"}


def test_a_number_that_markdown_hides_is_found_beside_one_that_was_agreed_to(desk_session, at) -> None:
    version = written(desk_session, at, f"Ask {PHONE}, or +32 470 **12** 34 *56*.")
    assert refused(desk_session, version, at) == {"body"}


def test_a_name_is_not_covered_by_the_consent_to_a_number(desk_session, at) -> None:
    assert refused(desk_session, written(desk_session, at, f"Ask Mrs. Amina Diallo, {PHONE}."), at) == {"body"}


def test_what_was_not_agreed_to_blocks(desk_session, scene) -> None:
    at = agreeing(scene, contact(PHONE, may_publish=False))
    assert refused(desk_session, written(desk_session, at, f"Ask {PHONE}."), at) == {"body"}


def test_a_consent_that_the_last_round_took_back_does_not_count(desk_session, scene, at) -> None:
    taken_back = at.revision.content | {"contacts": [contact("", may_publish=False, keeps_reach=True)]}
    make_revision(scene, at.answer, at.researcher.id, number=2, content=taken_back)
    scene.commit()
    assert refused(desk_session, written(desk_session, at, f"Ask {PHONE}."), at) == {"body"}


def test_a_text_that_is_not_written_from_the_answer_any_more_is_blocked(desk_session, at) -> None:
    version = written(desk_session, at, f"Ask {PHONE}.")
    save_version(desk_session, at.editor, version.id, text(body=f"Ask {PHONE}. [1] [2]"), [], LATER,
                 version=version.version)  # fmt: skip
    desk_session.flush()
    assert refused(desk_session, version, at) == {"body"}


def test_the_same_is_asked_at_publishing(desk_session, scene, at) -> None:
    version, colleague = written(desk_session, at, f"Ask {PHONE}."), make_staff(scene, Role.EDITOR)
    assert refused(desk_session, version, at) == set()
    desk_session.commit()
    at.revision.content = at.revision.content | {"contacts": []}
    scene.commit()
    with pytest.raises(Incomplete):
        publish_excerpt(desk_session, colleague, version.id, version.version, NOW)
    at.revision.content = at.revision.content | {"contacts": [contact(PHONE)]}
    scene.commit()
    assert publish_excerpt(desk_session, colleague, version.id, version.version, NOW).state == "published"


def test_a_translation_rests_on_the_answers_of_the_version_it_renders(desk_session, scene, at) -> None:
    original = written(desk_session, at, f"Ask {PHONE}.")
    source = desk_session.get_one(Excerpt, original.excerpt_id)
    translation = Excerpt(ref="COD-HOU-0777", country="COD", topic_group="HOU", language="fr", state="unpublished",
                          source_id=source.id, created_at=NOW)  # fmt: skip
    desk_session.add(translation)
    desk_session.flush()
    copied = {name: getattr(original, name) for name in (
        "title", "summary", "body", "unknown", "confidence", "place", "topics", "facets", "sources",
        "information_date", "valid_until")}  # fmt: skip
    row = ExcerptVersion(excerpt_id=translation.id, number=1, state="draft", author_id=at.editor.id, public_note="",
                         change=Change.FIRST, saved_at=NOW, source_number=original.number, **copied)  # fmt: skip
    desk_session.add(row)
    desk_session.flush()
    assert refused(desk_session, row, at) == set()
    row.source_number = original.number + 1
    assert read_version(desk_session, row, "fr", TODAY).agreed == ()
