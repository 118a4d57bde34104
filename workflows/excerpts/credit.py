"""Who did the research of a text: the organisations that agreed to be named. Silence names nobody."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.accounts.models import PartnerOrganisation
from workflows.answers.models import Answer, Revision
from workflows.excerpts.models import ExcerptVersion, PublishedVersion, VersionSource

AGREED = "organisation"


def credit_of_version(session: Session, row: ExcerptVersion, source_ref: str | None) -> list[str]:
    """The names to publish with a version, in alphabetical order. A translation names whom its original named."""
    if source_ref is not None:
        original = session.get(PublishedVersion, (source_ref, row.source_number)) if row.source_number else None
        return list(original.credit) if original else []
    names = session.scalars(
        select(PartnerOrganisation.name)
        .join(Revision, Revision.partner_id == PartnerOrganisation.id)
        .join(VersionSource, VersionSource.revision_id == Revision.id)
        .join(Answer, Answer.id == Revision.answer_id)
        .where(
            VersionSource.version_id == row.id,
            Revision.content["credit"].astext == AGREED,
            Answer.credit == AGREED,
        )
    )
    return sorted(set(names))
