"""What becomes of texts: one in each state of its life, a translation that lags, reports of readers."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import literal, or_, select

from ops.demo.world import World
from workflows.core.actors import Role, Staff, Visitor
from workflows.excerpts.approval import approvals_needed, send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.draft import SourceLine, Text
from workflows.excerpts.models import Excerpt, ExcerptState, ExcerptVersion, PublishedExcerpt
from workflows.excerpts.reports import Reported, report_text
from workflows.excerpts.standing import hold_excerpt
from workflows.excerpts.translations import begin_translation
from workflows.replies.models import Reply, ReplyPin
from workflows.replies.recall import publish_and_tell, retract_and_tell, withdraw_and_tell
from workflows.requests.models import Question, QuestionState
from workflows.vocabulary.models import Topic

FRESH = timedelta(days=30)
"""A text that goes on living holds for at least so long."""
CLEARER = {"en": "Said more clearly.", "fr": "Dit plus clairement.", "nl": "Duidelijker gezegd."}
WAS_WRONG = {
    "en": "A price in this text was wrong. We are looking for the right one.",
    "fr": "Un prix de ce texte était faux. Nous cherchons le bon.",
    "nl": "Een prijs in deze tekst was fout. We zoeken de juiste.",
}
CORRECTED = "NPL-BUS"
NOTE = "The tax office closes two hours earlier than this text said."
PUT_RIGHT = "Tax numbers are handed out until 15:00 on every working day."
ORIGINAL = "PAK-CIV"
FRENCH = {
    "title": "Renouveler une carte d’identité expirée à Lahore",
    "summary": "La carte se renouvelle en une visite et se retire 7 à 30 jours plus tard. On peut arriver avec un "
    "document d’urgence.",
    "body": "## Renouveler\n\nL’ancienne carte suffit, même expirée. Les empreintes sont comparées à la base ; "
    "si elles ne correspondent pas, un proche vient aussi [1].\n\n## Tarifs de septembre 2026\n\n"
    "| Délai | Prix | Temps |\n|---|---|---|\n| Normal | 750 PKR | 30 jours |\n| Urgent | 1 500 PKR | 15 jours |\n\n"
    "## À l’arrivée\n\nDes voyageurs munis d’un document d’urgence ont été interrogés, de 30 minutes à quatre heures. "
    "La plupart sont repartis le jour même [2].",
    "unknown": "L’attente du lundi au grand centre n’a pas été mesurée.",
}


def load_lives(world: World) -> None:
    """Let some texts of the library live on."""
    editors = [one for one in world.staff.values() if Role.EDITOR in one.roles]
    author, approver = editors[0], editors[1]
    plain, sensitive = living(world, sensitive=False), living(world, sensitive=True)
    english = next(one for one in plain if one.language == "en" and one.ref.startswith(ORIGINAL))
    plain.remove(english)
    _translate(world, english, editors)
    _propose(world, sensitive[0], author)
    publish_and_tell(world.session, approver, *_propose(world, sensitive[1], author), world.now)
    day = world.today + timedelta(days=3)
    publish_and_tell(world.session, approver, *_propose(world, plain[0], author), world.now, on=day)
    _take_back(world, plain[1:4], author)
    _correct_after_reply(world, editors)
    _report(world, plain[4:7])
    world.session.flush()


def living(world: World, *, sensitive: bool, sent_along: bool = False) -> list[Excerpt]:
    """Published texts that hold for a while, in the order of their names; `sent_along`: or sent with a reply."""
    codes = set(world.session.scalars(select(Topic.code).where(Topic.sensitive)))
    rows = world.session.execute(
        select(Excerpt, PublishedExcerpt.topics)
        .join(PublishedExcerpt, PublishedExcerpt.ref == Excerpt.ref)
        .where(
            Excerpt.state == ExcerptState.PUBLISHED,
            Excerpt.valid_until > world.today + FRESH,
            or_(literal(sent_along), Excerpt.ref.not_in(select(ReplyPin.ref))),
        )
        .order_by(Excerpt.ref)
    )
    return [excerpt for excerpt, topics in rows if bool(codes & set(topics)) == sensitive]


def _propose(world: World, excerpt: Excerpt, author: Staff) -> tuple[UUID, int]:
    """A next version before its approvers; its id and the version of its row."""
    version = draft_next_version(world.session, author, excerpt.id, "minor", world.now, version=excerpt.version)
    world.session.flush()
    return sent(world, version, author, change="minor", public_note=CLEARER[excerpt.language])


def sent(
    world: World, version: ExcerptVersion, author: Staff, revisions: Sequence[UUID] = (), /, **changes: str
) -> tuple[UUID, int]:
    """The draft before its approvers, changed in these fields; its id and the version of its row."""
    session, text = world.session, _text(version, **changes)
    save_version(session, author, version.id, text, revisions, world.now, version=version.version)
    session.flush()
    send_for_approval(session, author, version.id, world.now, version=version.version)
    session.flush()
    return version.id, version.version


def _text(row: ExcerptVersion, **changes: str) -> Text:
    sources = tuple(SourceLine(one["label"], one["kind"], row.information_date) for one in row.sources)
    given = {name: getattr(row, name) for name in ("title", "summary", "body", "unknown", "confidence", "place",
                                                   "topics", "facets", "information_date")}  # fmt: skip
    return Text(**given | {"sources": sources} | changes)


def _translate(world: World, original: Excerpt, editors: list[Staff]) -> None:
    """The text in French, published; its original changes afterwards."""
    session = world.session
    version = begin_translation(session, editors[0], original.id, "fr", world.now, version=original.version)
    session.flush()
    approved(world, sent(world, version, editors[0], **FRENCH)[0], editors[1:])
    version = draft_next_version(session, editors[0], original.id, "update", world.now, version=original.version)
    session.flush()
    dearer = version.body.replace("PKR 750", "PKR 900")
    approved(
        world,
        sent(world, version, editors[0], change="update", public_note="The fee rose.", body=dearer)[0],
        editors[1:],
    )


def approved(world: World, version_id: UUID, approvers: list[Staff]) -> None:
    """Published by as many of these editors as it takes."""
    row = world.session.get_one(ExcerptVersion, version_id)
    for who in approvers[: approvals_needed(world.session, row.topics)]:
        publish_and_tell(world.session, who, row.id, row.version, world.now)
        world.session.flush()


def _correct_after_reply(world: World, editors: list[Staff]) -> None:
    """A text that somebody was sent turns out to be wrong: that reply is to be looked at again."""
    session = world.session
    stands = (Reply.stood_until.is_(None), Question.state == QuestionState.ANSWERED)
    answered = select(ReplyPin.ref).join(Reply).join(Question).where(*stands)
    sent_along = answered.where(ReplyPin.ref.startswith(CORRECTED)).order_by(ReplyPin.ref).limit(1)
    excerpt = session.scalars(select(Excerpt).where(Excerpt.ref == sent_along.scalar_subquery())).one()
    version = draft_next_version(session, editors[0], excerpt.id, "correction", world.now, version=excerpt.version)
    session.flush()
    put_right = f"{version.body}\n\n{PUT_RIGHT}"
    given = sent(world, version, editors[0], change="correction", public_note=NOTE, body=put_right)
    approved(world, given[0], editors[1:])


def _take_back(world: World, texts: list[Excerpt], editor: Staff) -> None:
    held, withdrawn, retracted = texts
    session, now = world.session, world.now
    hold_excerpt(session, editor, held.id, "Two readers doubt the prices.", None, now, version=held.version)
    withdraw_and_tell(session, editor, withdrawn.id, WAS_WRONG[withdrawn.language], now, version=withdrawn.version)
    retract_and_tell(session, editor, retracted.id, WAS_WRONG[retracted.language], now, version=retracted.version)


def _report(world: World, texts: list[Excerpt]) -> None:
    """A partner stands behind the last one only."""
    texts[-1].partner_id = world.partners[texts[-1].country]
    words = {"personal": "", "wrong": "The office moved last month.", "outdated": ""}
    for excerpt, (reason, said) in zip(texts, words.items(), strict=True):
        report_text(world.session, Visitor(), excerpt.ref, Reported(uuid4(), reason, said), world.now)
