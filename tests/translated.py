"""A text in two languages, made by the real commands."""

from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from tests.excerpts import FRENCH, published, recent
from tests.factories import make_staff
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.translations import begin_translation


class Pair(NamedTuple):
    """A French original and the English that the public reads beside it."""

    french: Excerpt
    english: Excerpt
    editor: Staff


def make_pair(session: Session) -> Pair:
    """As of five days ago, about rent in Kinshasa; two editors published each."""
    editor = make_staff(session, Role.EDITOR)
    given = {"title": "Le loyer d’une chambre", "summary": "Une chambre coûte de 80 à 150 dollars par mois.",
             "body": FRENCH}  # fmt: skip
    french = published(session, recent(**given), editor, clock.now(), language="fr")
    return Pair(french, put_into(session, french, "en", editor), editor)


def put_into(session: Session, original: Excerpt, language: str, editor: Staff, **values: Any) -> Excerpt:
    """The original as it is now in another language, published."""
    now = clock.now()
    version = begin_translation(session, editor, original.id, language, now, version=original.version)
    session.flush()
    said = {"body": f"## {language}\n\nIn the words of this language [1], and of its readers [2]."} | values
    wanted = recent(information_date=version.information_date, **said)
    save_version(session, editor, version.id, wanted, [], now, version=version.version)
    session.flush()
    send_for_approval(session, editor, version.id, now, version=version.version)
    session.flush()
    excerpt = publish_excerpt(session, make_staff(session, Role.EDITOR), version.id, version.version, now)
    session.flush()
    return excerpt


def written(session: Session, pair: Pair, note: str, change: str = "correction", **translated: str) -> ExcerptVersion:
    """The next version of the original, which says what was wrong, also to readers of these translations."""
    version = draft_next_version(session, pair.editor, pair.french.id, change, clock.now(), version=pair.french.version)
    session.flush()
    summary = f"De 180 à 250 dollars, dit la version {version.number}."
    wanted = recent(
        title="Le loyer", summary=summary, body=FRENCH, change=change, public_note=note, translated_notes=translated
    )
    save_version(session, pair.editor, version.id, wanted, [], clock.now(), version=version.version)
    session.flush()
    return version


def corrected(session: Session, pair: Pair, note: str, **translated: str) -> None:
    """The original was wrong, and was put right by two editors."""
    version, now = written(session, pair, note, **translated), clock.now()
    send_for_approval(session, pair.editor, version.id, now, version=version.version)
    session.flush()
    publish_excerpt(session, make_staff(session, Role.EDITOR), version.id, version.version, now)
    session.flush()
