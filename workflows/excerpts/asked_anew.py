"""A published text that no partner can be asked about: the question to file instead."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.core.actors import Staff
from workflows.core.errors import NotFound
from workflows.core.words import say
from workflows.excerpts.models import Excerpt, ExcerptVersion, VersionState
from workflows.excerpts.recheck import STILL_TRUE
from workflows.requests.drafts import QuestionDraft


def question_about(session: Session, actor: Staff, ref: str) -> tuple[QuestionDraft, str]:
    """Whether a published text is still true, and the language this is said in: that of the text. Nothing is filed.

    One statement. Refuses: NotFound, also when it is not published.
    """
    version = ExcerptVersion
    row = session.execute(
        select(Excerpt.country, Excerpt.language, version.title, version.place, version.topics)
        .join(version, version.excerpt_id == Excerpt.id)
        .where(Excerpt.visible_to(actor), Excerpt.ref == ref, version.state == VersionState.PUBLISHED)
    ).first()
    if row is None:
        raise NotFound("Excerpt")
    asked = f"{say(STILL_TRUE, row.language)} {row.title} ({ref})"
    return QuestionDraft(asked, row.country, row.place or None, next(iter(row.topics), None)), row.language
