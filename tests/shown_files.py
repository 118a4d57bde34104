"""Scenes of files that readers take with a text: sent with an answer, released, published, taken back."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import LATER, open_files, published, text
from tests.factories import NOW, TODAY, make_attachment
from tests.reviews import Submitted
from workflows.answers.attachment_models import Attachment
from workflows.core.actors import Staff
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, PublishedVersion
from workflows.excerpts.published_files import PublishedFile
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.releasing import release_with_texts, turn_down_with_texts

BYTES = b"%PDF-clean \x00 copy"
TITLE = "Prices at the market"
TOLD = {"name": "document-1.pdf", "title": TITLE, "media": "application/pdf", "size": len(BYTES)}


def clean(scene: Session, case: Submitted, **values) -> Attachment:
    given = {"state": "clean", "sent_in": 1, "clean": BYTES, "clean_size": len(BYTES)} | values
    return make_attachment(scene, case.answer, **given)


def release(scene: Session, who: Staff, row: Attachment, title: str = TITLE) -> int:
    again = release_with_texts(scene, who, row.answer_id, row.id, title, row.version, NOW)
    scene.flush()
    return again


def turn_down(scene: Session, who: Staff, row: Attachment) -> int:
    again = turn_down_with_texts(scene, who, row.answer_id, row.id, row.version, NOW)
    scene.flush()
    return again


def text_of(scene: Session, case: Submitted, **values) -> Excerpt:
    return published(scene, revisions=[case.revision.id], **values)


def next_version(scene: Session, excerpt: Excerpt, who: list[Staff], case: Submitted | None) -> ExcerptVersion:
    """Written, sent and published again, from this answer or from none."""
    version = draft_next_version(scene, who[0], excerpt.id, "update", LATER, version=excerpt.version)
    scene.flush()
    typed = text(change="update", public_note="Newer.", information_date=TODAY + timedelta(days=39))
    linked = [case.revision.id] if case else []
    save_version(scene, who[0], version.id, typed, linked, LATER, version=version.version)
    scene.flush()
    send_for_approval(scene, who[0], version.id, LATER, version=version.version)
    scene.flush()
    open_files(scene, who[1], version, LATER)
    publish_excerpt(scene, who[1], version.id, version.version, LATER)
    scene.flush()
    return version


def told(scene: Session, excerpt: Excerpt, number: int = 1) -> tuple[list[dict], list[dict]]:
    """On the current page, and on that of a version."""
    scene.expire_all()
    return (
        scene.get_one(PublishedExcerpt, excerpt.ref).files,
        scene.get_one(PublishedVersion, (excerpt.ref, number)).files,
    )


def kept(scene: Session) -> list[bytes | None]:
    return list(scene.scalars(select(PublishedFile.data).order_by(PublishedFile.ref, PublishedFile.number)))
