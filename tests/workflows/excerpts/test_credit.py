"""A published text names the organisations that agreed to be named, as they were that day, and nobody else."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import FRENCH, published, republish, text
from tests.factories import NOW, make_staff
from tests.reviews import Submitted, submitted
from workflows.accounts.models import PartnerOrganisation
from workflows.core.actors import Role
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import save_version
from workflows.excerpts.models import Excerpt, PublishedExcerpt, PublishedVersion
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.standing import retract_excerpt
from workflows.excerpts.translations import begin_translation


def accepted(session: Session, name: str, credit: str = "organisation") -> Submitted:
    """An accepted answer of an organisation of this name, and what it said of being named when it sent it."""
    case = submitted(session, state="accepted", credit=credit)
    case.revision.content = case.revision.content | {"credit": credit}
    if namesake := session.scalar(select(PartnerOrganisation).where(PartnerOrganisation.name == name)):
        case.revision.partner_id = namesake.id
    else:
        session.get_one(PartnerOrganisation, case.revision.partner_id).name = name
    session.flush()
    return case


def written_from(session: Session, *cases: Submitted) -> Excerpt:
    return published(session, revisions=[case.revision.id for case in cases])


def credited(session: Session, excerpt: Excerpt) -> tuple[list[str], list[str]]:
    """Of the current text, and of its first version."""
    return (
        session.get_one(PublishedExcerpt, excerpt.ref).credit,
        session.get_one(PublishedVersion, (excerpt.ref, 1)).credit,
    )


def test_those_who_agreed_are_named_once_in_alphabetical_order(scene: Session) -> None:
    cases = [accepted(scene, name) for name in ("Tumaini", "Amani", "Tumaini")]
    assert credited(scene, written_from(scene, *cases)) == (["Amani", "Tumaini"],) * 2


def test_whoever_stays_anonymous_is_not_named_beside_one_who_agreed(scene: Session) -> None:
    cases = accepted(scene, "Amani"), accepted(scene, "Tumaini", "anonymous")
    assert credited(scene, written_from(scene, *cases)) == (["Amani"],) * 2


def test_an_answer_sent_before_anybody_was_asked_names_nobody(scene: Session) -> None:
    case = accepted(scene, "Amani")
    case.revision.content = {name: said for name, said in case.revision.content.items() if name != "credit"}
    scene.flush()
    assert credited(scene, written_from(scene, case)) == ([], [])


def test_a_consent_that_was_taken_back_in_a_later_round_does_not_count(scene: Session) -> None:
    case = accepted(scene, "Amani")
    case.answer.credit = "anonymous"
    scene.flush()
    assert credited(scene, written_from(scene, case)) == ([], [])


def test_a_text_without_an_answer_names_nobody(scene: Session) -> None:
    assert credited(scene, published(scene)) == ([], [])


def test_a_new_name_of_the_organisation_does_not_reach_what_is_published(scene: Session) -> None:
    case = accepted(scene, "Amani")
    excerpt = written_from(scene, case)
    scene.get_one(PartnerOrganisation, case.revision.partner_id).name = "Amani Kwetu"
    scene.commit()
    assert credited(scene, excerpt) == (["Amani"],) * 2


def test_a_translation_names_whom_its_original_named(scene: Session) -> None:
    author = make_staff(scene, Role.EDITOR)
    original = written_from(scene, accepted(scene, "Amani"))
    version = begin_translation(scene, author, original.id, "fr", NOW, version=original.version)
    scene.flush()
    typed = text(title="Le loyer", body=FRENCH, information_date=version.information_date)
    save_version(scene, author, version.id, typed, [], NOW, version=version.version)
    scene.flush()
    send_for_approval(scene, author, version.id, NOW, version=version.version)
    scene.flush()
    excerpt = publish_excerpt(scene, make_staff(scene, Role.EDITOR), version.id, version.version, NOW)
    assert credited(scene, excerpt) == (["Amani"],) * 2


def test_a_retracted_text_names_nobody_any_more(scene: Session) -> None:
    excerpt = written_from(scene, accepted(scene, "Amani"))
    retract_excerpt(scene, make_staff(scene, Role.EDITOR), excerpt.id, "It was wrong.", NOW, version=excerpt.version)
    assert credited(scene, excerpt) == ([], [])


def test_the_next_version_is_credited_anew(scene: Session) -> None:
    excerpt = written_from(scene, accepted(scene, "Amani"))
    republish(scene, excerpt, make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR))
    assert credited(scene, excerpt) == ([], ["Amani"])
