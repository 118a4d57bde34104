"""Who did not agree to be published is not given away, however they are spelt; and ordinary text passes."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.excerpts import drafted, text
from tests.factories import NOW
from tests.reviews import Submitted, submitted
from workflows.answers.models import Contact, Source
from workflows.core.errors import Incomplete
from workflows.excerpts.approval import send_for_approval

ROLE, WHO = "Clerk of the registry – do not publish", "Ms Vjosa Berisha, second window"


def case(scene: Session, label: str = ROLE, reach: str = WHO, **values: Any) -> Submitted:
    """An accepted answer with this contact, who did not agree, beside the nurse Mbombo and the source Mbuyi."""
    made = submitted(scene, state="accepted")
    contact = Contact(
        answer_id=made.answer.id, position=2, point_code="Q1", label=label,
        **{"may_publish": False, "reach": "", "keeps_reach": True, "dropped": False, "restricted_reach": reach} | values,
    )  # fmt: skip
    scene.add(contact)
    scene.commit()
    return made


def refused(session: Session, at: Submitted, **fields: str) -> set[str]:
    fields = {"body": "Ask there."} | fields
    fields["body"] += " [1] [2]"
    version = drafted(session, at.editor, text(**fields), [at.revision.id])
    try:
        send_for_approval(session, at.editor, version.id, NOW, version=version.version)
    except Incomplete as problem:
        return set(problem.problems)
    return set()


@pytest.mark.parametrize(
    "body",
    ["Berisha sits at the second window.", "V. Berisha, second window.", "Ask vjosa berisha for the form.",
     "Clerk of the registry: second window.", "BERISHA gives the form.", "Ask **Ber**isha.", "Ask the Bérisha office.",
     "The clerk of the **registry** gives it.", "Mbombo works in the ward.", "Two shops, says Mbuyi.",
     "A nurse of the ward helps."],
)  # fmt: skip
def test_a_name_or_a_role_without_consent_keeps_from_approval(desk_session, scene, body: str) -> None:
    assert refused(desk_session, case(scene), body=body) == {"body"}


@pytest.mark.parametrize("field", ["title", "summary", "unknown", "place"])
def test_every_public_field_is_compared(desk_session, scene, field: str) -> None:
    assert refused(desk_session, case(scene), **{field: "Berisha sits there"}) == {field}


@pytest.mark.parametrize(
    ("reach", "body"),
    [("Karim Benali, guichet 2", "Demandez karim benali."), ("Anna de Vries, kantoor", "De Vries helpt."),
     ("karim from the union", "Ask Karim."), ("\u0643\u0631\u064a\u0645 \u0628\u0646 \u0639\u0644\u064a", "Ask \u0643\u0631\u064a\u0645."),
     ("Berisha at window 2", "Berisha helps.")],
)  # fmt: skip
def test_names_are_known_in_other_spellings_and_scripts(desk_session, scene, reach: str, body: str) -> None:
    assert refused(desk_session, case(scene, reach=reach), body=body) == {"body"}


@pytest.mark.parametrize(
    ("reach", "body"),
    [(WHO, "Go to the second window. The registry gives the form; a clerk helps."),
     ("Grace Long, the Norwegian Refugee Council, Kinshasa",
      "After a grace period, a refugee in Kinshasa may ask the council."),
     ("Director of the Hôpital Général de Kinshasa, Paul Mwamba", "L’hôpital général de Kinshasa a un directeur."),
     ("Owners in Lakeside, notes P-12 and P-13", "Owners ask a deposit. Notes are kept."),
     ("Photo prise à l'hôpital, réf. K-31", "Photo prise en mars. Hôpital ouvert."),
     ("Second floor, Ms Berisha", "Second floor. The office opens in March.")],
)  # fmt: skip
def test_ordinary_text_passes(desk_session, scene, reach: str, body: str) -> None:
    assert refused(desk_session, case(scene, reach=reach), body=body) == set()


def test_a_contact_that_agreed_and_an_office_may_be_named(desk_session, scene) -> None:
    at = case(scene, label="Clerk of the registry", reach="Second window", may_publish=True, restricted_reach=None,
              keeps_reach=False)  # fmt: skip
    assert refused(desk_session, at, body="The clerk of the registry: second window.") == set()
    assert refused(desk_session, case(scene, label="Town hall"), body="Go to the town hall.") == set()


def test_the_words_of_a_public_source_name_nobody(desk_session, scene) -> None:
    at = case(scene)
    scene.add(Source(answer_id=at.answer.id, position=2, point_code="Q1", kind="talk", label="Rawbank of Gombe",
                     dated=None, mode="in_person", consent="role", keeps_identity=True, dropped=False,
                     identity="Rawbank, Naomi Tshala"))  # fmt: skip
    scene.commit()
    assert refused(desk_session, at, body="Rawbank changes money.") == set()
    assert refused(desk_session, at, body="Tshala changes money.") == {"body"}


def test_another_text_is_not_compared_with_this_answer(desk_session, scene) -> None:
    at = case(scene)
    version = drafted(desk_session, at.editor, text(body="The Berisha market is open. [1] [2]"))
    send_for_approval(desk_session, at.editor, version.id, NOW, version=version.version)
    assert version.state == "in_review"
