"""Puts a marker of its own into every column that holds people's words."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, LargeBinary, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from tests.canary.columns import TABLES, Class, class_of
from tests.factories import NOW
from workflows.accounts.models import (
    CounsellorAccount,
    FormerAddress,
    PartnerOrganisation,
    ResearcherAccount,
    StaffAccount,
)
from workflows.answers.attachment_models import Attachment
from workflows.answers.draft_models import KeptDraft
from workflows.answers.models import Answer, AnswerNote, Contact, Price
from workflows.answers.word_upload_models import WordUpload
from workflows.assignments.models import AskInstead, Assignment, AssignmentMessage
from workflows.core.db import Base
from workflows.core.events import Event
from workflows.core.sealed import Sealed, SealedFile
from workflows.excerpts.confirmation_models import Confirmation
from workflows.excerpts.models import Excerpt, ExcerptNote, ExcerptVersion, PublishedExcerpt
from workflows.excerpts.published_files import PublishedFile
from workflows.excerpts.report_models import ReaderReport
from workflows.requests.models import InternalNote, Message, Question, Request
from workflows.subscribers.models import Subscriber

UNTOUCHED = {"region", "country", "topic", "facet", "authn.credential", "published_edition", "published_word"}
"""Vocabulary, log-in names (there are none without a credential), frozen files, which the journey marks itself, and single
words of published texts, of which none may stand twice."""
FROZEN = {("revision", "content"), ("word_upload", "found"), ("kept_draft", "content"), ("review", "checklist"), ("review", "comments"),
          ("excerpt_version", "sources"), ("excerpt_kept_text", "content"), ("published_excerpt", "sources"), ("published_version", "sources"),
          ("excerpt_version", "translated_notes"), ("published_version", "translated_notes"),
          ("published_excerpt", "files"), ("published_version", "files")}  # fmt: skip
"""Structured words: the journey types markers into them, or the row is made with its marker."""
MADE = (("word_upload", "found"), ("kept_draft", "content"))
PARTIES = (StaffAccount, ResearcherAccount, CounsellorAccount, PartnerOrganisation, Request)


def add_missing_rows(session: Session) -> None:
    """Rows that the journey had no reason to make."""
    question = session.scalars(select(Question)).one()
    assignment = session.scalars(select(Assignment)).one()
    ref = session.scalars(select(PublishedExcerpt.ref).limit(1)).one()
    event = session.scalars(select(Event.id).limit(1)).one()
    common = {"question_id": question.id, "at": NOW}
    first = (Answer, ExcerptVersion, Excerpt)
    answer, version, excerpt = (session.scalars(select(model.id).limit(1)).one() for model in first)
    margin = {"part": "", "paragraph": "", "quote": "-", "text": "-", "author_id": uuid4(), "at": NOW}
    row = {"answer_id": answer, "position": 1, "point_code": "Q1", "dropped": False}
    session.add_all([
        Price(what="-", amount="-", currency="-", unit="-", **row),
        Contact(label="-", may_publish=False, reach="-", restricted_reach="-", keeps_reach=True, **row),
        Message(direction="to_requester", to_requester="-", **common),
        Message(direction="from_requester", from_requester="-", **common),
        InternalNote(question_id=question.id, text="-", author_id=uuid4(), at=NOW),
        ReaderReport(ref=ref, number=1, reason="wrong", state="received", at=NOW, text="-"),
        AnswerNote(answer_id=answer, round=1, for_partner=True, **margin),
        ExcerptNote(version_id=version, **margin),
        Confirmation(excerpt_id=excerpt, number=1, state="refused", source="-", kind="talk", dated=NOW.date(), reason="-",
                     author_id=uuid4(), decided_by=uuid4(), at=NOW),
        Attachment(answer_id=answer, partner_id=assignment.partner_id, question_id=question.id, number=1, kind="docx",
                   state="clean", size=1, clean_size=1, media="application/pdf", clean=b"-", uploaded_at=NOW, public_title="-",
                   uploaded_by=uuid4(), sent_in=1, dropped=False, attempts=0, next_try_at=NOW),
        KeptDraft(answer_id=answer, partner_id=assignment.partner_id, begun_at=NOW, saved_at=NOW, saved_by=uuid4(), by_hand=True,
                  content={"points": [], "credit": "anonymous", "note": marker_of("kept_draft", "content")}),
        WordUpload(answer_id=answer, partner_id=assignment.partner_id, closed=[], uploaded_at=NOW, uploaded_by=uuid4(), kept_until=NOW,
                   found={"fields": [["Q1.text", marker_of("word_upload", "found")]], "rows": [], "others": []}),
        PublishedFile(ref=ref, number=1, name="document-1.pdf", attachment_id=uuid4(), media="application/pdf", data=b"-"),
        AskInstead(assignment_id=assignment.id, text="-", at=NOW),
        FormerAddress(event_id=event, kind="staff", address="-", language="en", at=NOW),
        Subscriber(address="-", address_hash=b"-", token_hash=b"-", language="en", asked_at=NOW),
        AssignmentMessage(assignment_id=assignment.id, direction="to_partner", text="-", author_id=uuid4(), at=NOW),
    ])  # fmt: skip
    session.commit()


def parties(session: Session) -> set[UUID]:
    """Everybody there is so far: accounts, organisations, requests."""
    return {one for model in PARTIES for one in session.scalars(select(model.id))}


def plant(session: Session, theirs: set[UUID]) -> dict[str, Class]:
    """Overwrite every row's words by the marker of their column, of people only those named; the markers' classes."""
    add_missing_rows(session)
    markers = {marker_of(*one): kind for one in MADE if (kind := class_of(*one))}
    models = {mapper.class_.__table__.fullname: mapper.class_ for mapper in Base.registry.mappers}
    for table in sorted(set(TABLES) - UNTOUCHED):
        rows = [row for row in session.scalars(select(models[table])) if type(row) not in PARTIES or row.id in theirs]
        for row in rows:
            for name, kind in texts_of(table, models[table]):
                marker = marker_of(table, name)
                if put_words(row, name, marker):
                    markers[marker] = kind
    session.commit()
    return markers


def texts_of(table: str, model: Any) -> list[tuple[str, Class]]:
    found = [(column.key, class_of(table, column.key)) for column in model.__table__.columns]
    return [(name, kind) for name, kind in found if kind and kind.text and (table, name) not in FROZEN]


def put_words(row: Any, column: str, marker: str) -> bool:
    """Write through the sealing attribute, if the column has one. A message has words in one direction only."""
    sealed = next(
        (name for name, one in vars(type(row)).items() if isinstance(one, Sealed) and one.column == column), None
    )
    if isinstance(row, Message) and getattr(row, column) is None:
        return False
    kind = type(row).__table__.columns[column].type
    assert not isinstance(kind, JSONB)
    if isinstance(kind, ARRAY):
        setattr(row, column, [marker])
        return True
    words = f"{marker}@canary.example" if column == "email" else marker
    as_bytes = isinstance(kind, LargeBinary) if sealed is None else isinstance(vars(type(row))[sealed], SealedFile)
    setattr(row, sealed or column, words.encode() if as_bytes else words)
    return True


def marker_of(table: str, column: str) -> str:
    """A word that stands nowhere else: letters only, so that nothing takes it for a number or a name."""
    return f"qz{table}x{column}zq".replace(".", "").replace("_", "")
