"""A photo that a partner sent with an answer goes along with one text, and waits for approval with another one."""

from collections.abc import Iterator

from sqlalchemy import select

from ops.demo.lives import approved, living, sent
from ops.demo.world import World
from tasks.attachments import clean_one
from workflows.answers.attachment_models import Attachment, AttachmentState
from workflows.answers.models import Answer, AnswerState, Revision
from workflows.assignments.models import Assignment
from workflows.core.actors import Role, Staff
from workflows.core.events import record
from workflows.excerpts.desk import OPEN, draft_next_version
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt
from workflows.excerpts.releasing import release_with_texts
from workflows.requests.consent import stays_private

TOPIC = "WOR-cost-of-living"
"""Texts about it fit what the photo shows."""
SHOWS = {
    "en": "Price board at the market: rice, flour, oil and charcoal",
    "fr": "Panneau des prix au marché : riz, farine, huile et charbon de bois",
    "nl": "Prijsbord op de markt: rijst, bloem, olie en houtskool",
}
ADDED = {
    "en": "We added a photo of the prices.",
    "fr": "Nous avons ajouté une photo des prix.",
    "nl": "We voegden een foto van de prijzen toe.",
}


def load_shown_files(world: World) -> None:
    """Publish the first photo with the next version of its text; leave the second before an approver."""
    author, *others = [one for one in world.staff.values() if Role.EDITOR in one.roles]
    for place, (excerpt, photo, revision) in enumerate(list(_fitting(world))[:2]):
        if not _release(world, photo, author, SHOWS[excerpt.language]):
            return
        version = draft_next_version(world.session, author, excerpt.id, "minor", world.now, version=excerpt.version)
        world.session.flush()
        note = {"change": "minor", "public_note": ADDED[excerpt.language]}
        sent(world, version, author, (revision.id,), **note)
        if not place:
            for other in others:
                record(world.session, other, "reading.file", photo, world.now)
            approved(world, version.id, others)


def _fitting(world: World) -> Iterator[tuple[Excerpt, Attachment, Revision]]:
    """Texts that nobody works on, with a photo of an answer about one of their topics."""
    session = world.session
    for excerpt in living(world, sensitive=False, sent_along=True):
        topics = session.get_one(PublishedExcerpt, excerpt.ref).topics
        open_version = (ExcerptVersion.excerpt_id == excerpt.id, ExcerptVersion.state.in_(OPEN))
        if TOPIC not in topics or session.scalar(select(ExcerptVersion.id).where(*open_version)):
            continue
        found = session.execute(
            select(Attachment, Revision)
            .join(Answer, Answer.id == Attachment.answer_id)
            .join(Assignment, Assignment.id == Answer.assignment_id)
            .join(Revision, Revision.answer_id == Answer.id)
            .where(Answer.state == AnswerState.ACCEPTED, ~stays_private(Answer.question_id), Attachment.kind == "image")
            .where(Assignment.country == excerpt.country, Assignment.topics.overlap(topics))
            .order_by(Revision.number.desc())
        ).first()
        if found:
            yield excerpt, found[0], found[1]


def _release(world: World, photo: Attachment, editor: Staff, shows: str) -> bool:
    """Whether there was a clean copy: a machine on which the sandbox does not close makes none."""
    clean_one(world.session, photo, world.now)
    world.session.flush()
    if photo.state != AttachmentState.CLEAN:
        return False
    release_with_texts(world.session, editor, photo.answer_id, photo.id, shows, photo.version, world.now)
    world.session.flush()
    return True
