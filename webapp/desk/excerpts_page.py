"""What the page of one excerpt says in words: the text as readers see it, its checks, what changes, who has it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from config import policy
from web_kit.forms import Clash
from web_kit.language import direction, say_date
from webapp.desk.excerpts_checks import checks
from webapp.desk.excerpts_compare import beside_original, proposed
from webapp.desk.margins import margin
from webapp.desk.moments import due_text
from webapp.desk.vocabulary import Vocabulary, vocabulary
from webapp.file_words import said
from workflows.answers.checklist import VERDICTS
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.hidden import plain_text
from workflows.core.markdown import render, uncited
from workflows.excerpts.approval_queue import Waiting, approval_queue
from workflows.excerpts.comments import margin_of_version
from workflows.excerpts.desk_page import ExcerptPage, Working, Written
from workflows.excerpts.draft import Text, note_in
from workflows.excerpts.file_openings import Opening
from workflows.excerpts.kept import Kept
from workflows.excerpts.original import OriginalTexts, original_of, untranslated
from workflows.excerpts.rechecked import recheck_under_way
from workflows.excerpts.second_look import let_stand
from workflows.excerpts.words import (
    CHANGE_WORDS,
    CONFIDENCE,
    LANGUAGES,
    OF_EXCERPT,
    OF_READERS,
    OF_VERSION,
    SOURCE_KINDS,
)
from workflows.notices.reach import recall_reach
from workflows.replies.relying import replies_resting_on
from workflows.sheets.relying import sheets_printing
from workflows.subscribers.followed import count_followers

NOBODY_OPENED: Mapping[UUID, Sequence[Opening]] = MappingProxyType({})


def page_context(session: Session, actor: Staff, page: ExcerptPage, words: Vocabulary | None = None) -> dict[str, Any]:
    """Everything the page of one excerpt shows."""
    words, working = words or vocabulary(session), page.working
    shown = working.text if working else page.published
    original = original_of(session, page) if working else None
    return {
        "page": page,
        "working": working,
        "words": words,
        "shown": as_readers_see(shown, page.language, words) if shown else None,
        **(_proposed(page, working, original, words) if working else {"rows": []}),
        **beside(session, actor, page, words),
        **_margin(session, actor, working),
        "checks": list(checks(working, field_labels(), untranslated(page, original))) if working else [],
        "let_stand": let_stand(session, actor, working.revisions) if working else (),
        "verdicts": VERDICTS,
        "of_excerpt": OF_EXCERPT,
        "of_version": OF_VERSION,
        "of_readers": OF_READERS,
        "change_words": CHANGE_WORDS,
        "languages_of_texts": LANGUAGES,
        "labels": field_labels(),
        "blocked": why_blocked(working) if working else "",
        "files": list(files_of(page)),
        "refused": {},
        "recheck": recheck_under_way(session, actor, page.recheck_id),
        **relied_on(session, actor, page.ref),
        "reach": recall_reach(session, actor, page.ref, clock.now()),
    }


def beside(session: Session, actor: Staff, page: ExcerptPage, words: Vocabulary) -> dict[str, Any]:
    """The texts that wait for approval, late ones first, and where this one stands among them. One statement."""
    waiting, today = approval_queue(session, actor, page.id), HELPDESK.local_day(clock.now())
    queue = [
        {
            "label": one.title,
            "url": url_for("excerpts.show", ref=one.ref),
            "small": " · ".join((*_kind(one), words.name(one.country), words.name(one.topic_group))),
            "when_text": due_text(one.due, today, late=one.due < today),
            "late": one.due < today,
            "current": one.ref == page.ref,
        }
        for one in waiting.rows
    ]
    return {"queue": queue, "place": waiting.place}


def _kind(one: Waiting) -> tuple[str, ...]:
    return (_("Still true?"),) if one.still_true else ()


def relied_on(session: Session, actor: Staff, ref: str) -> dict[str, Any]:
    """Who has the text already, or follows it: replies, country sheets, subscribers. Three statements."""
    return {
        "reliance": replies_resting_on(session, actor, ref),
        "sheets": sheets_printing(session, actor, ref),
        "followers": count_followers(session, ref),
        "tallies_kept": policy.SEARCH_TALLIES_KEPT_DAYS,
    }


def as_readers_see(text: Written | Text, language: str, words: Vocabulary) -> dict[str, Any]:
    """A text with its Markdown rendered and its codes in words."""
    sources = [_source(one if isinstance(one, Mapping) else one.as_json()) for one in text.sources]
    return {
        "text": text,
        "title": uncited(text.title),
        "summary": uncited(text.summary),
        "language": language,
        "dir": direction(language),
        "body": render(text.body, sources=len(sources), source_label=_("Source")),
        "sources": sources,
        "confidence": _(CONFIDENCE[text.confidence]) if text.confidence in CONFIDENCE else "",
        "topics": words.listed(text.topics),
        "facets": words.listed(text.facets),
    }


def _source(one: Mapping[str, Any]) -> dict[str, str]:
    dated = say_date(date.fromisoformat(one["dated"]), "medium") if one.get("dated") else ""
    kind = one.get("kind") or ""
    return {"label": one.get("label", ""), "kind_label": _(SOURCE_KINDS.get(kind, kind)) if kind else "", "note": dated}


def field_labels() -> dict[str, str]:
    """What the fields of a version are called."""
    told = _("What readers are told about the change")
    return {
        "title": _("Title"),
        "summary": _("In short"),
        "body": _("Text"),
        "unknown": _("What we do not know"),
        "place": _("Place"),
        "confidence": _("How sure are we?"),
        "topics": _("Topics"),
        "facets": _("Circumstances"),
        "sources": _("Sources"),
        "information_date": _("True on"),
        "valid_until": _("Valid until"),
        "change": _("What changed"),
        "public_note": told,
        "state": _("State"),
        **{note_in(code): f"{told} ({name})" for code, name in LANGUAGES.items()},
    }


def in_words(text: Written | Text | Kept, words: Vocabulary) -> dict[str, str]:
    """Every field of a text as plain words, to be compared."""
    sources = [_source(one if isinstance(one, Mapping) else one.as_json()) for one in text.sources]
    lines = (" · ".join(filter(None, one.values())) for one in sources)
    return {
        **{name: getattr(text, name) for name in ("title", "summary", "body", "unknown", "place")},
        "confidence": _(CONFIDENCE[text.confidence]) if text.confidence in CONFIDENCE else "",
        "topics": words.listed(sorted(text.topics)),
        "facets": words.listed(sorted(text.facets)),
        "sources": "\n\n".join(f"{number} {line}" for number, line in enumerate(lines, start=1)),
        "information_date": say_date(text.information_date),
        "valid_until": say_date(text.valid_until),
    }


def notes_of(text: Working | Text | Kept) -> dict[str, str]:
    """What readers are told about the change, in each language."""
    translated = {note_in(code): text.translated_notes.get(code, "") for code in LANGUAGES}
    return {"public_note": text.public_note, **translated}


def files_of(page: ExcerptPage, openings: Mapping[UUID, Sequence[Opening]] = NOBODY_OPENED) -> Iterator[dict[str, Any]]:
    """What readers would get with the version under work, and what came with it beside that; or what they have."""
    for file in page.working.files if page.working else ():
        one: dict[str, Any] = {"answer_id": file.answer_id, "attachment_id": file.id}
        yield {
            "title": file.title, "name": file.name, "small": said(file.media, file.size), "released": file.released,
            "page": url_for("review_attachments.show", **one), "bytes": url_for("review_attachments.download", **one),
            "openings": openings.get(file.id, ()),
        }  # fmt: skip
    for had in () if page.working else page.files:
        shown = {name: had[name] for name in ("title", "name")}
        yield shown | {"small": said(had["media"], had["size"]), "released": True, "page": "", "bytes": ""}


def _margin(session: Session, actor: Staff, working: Working | None) -> dict[str, Any]:
    """The comments on the version under work; officers read none."""
    if working is None or Role.EDITOR not in actor.roles:
        return {"margin": {}, "places": {}, "comment_problems": {}}
    row = working.text
    parts = {name: getattr(row, name) for name in ("title", "summary", "body", "unknown")}
    parts["sources"] = "\n\n".join(source["label"] for source in row.sources)
    shown = margin(margin_of_version(session, actor, working.id), parts, field_labels(), _("The whole text"))
    return shown | {"comment_problems": {}, "words_typed": request.form.get("words", "")}


def _proposed(page: ExcerptPage, working: Working, original: OriginalTexts | None, words: Vocabulary) -> dict[str, Any]:
    """Beside what is published; of a translation also beside its original, and first of all."""
    labels, new = field_labels(), in_words(working.text, words)
    shown = proposed(page, working, in_words(page.published, words) if page.published else {}, new, labels)
    if original is None:
        return shown
    return shown | beside_original(page, working, original, in_words(original.text, words), new, labels)


def clashes(working: Working, typed: Text, words: Vocabulary) -> list[Clash]:
    """The fields in which what stands and what was typed differ. How a browser ends its lines is no difference."""
    labels, stands = field_labels(), in_words(working.text, words)
    mine = {name: plain_text(text) for name, text in in_words(typed, words).items()}
    if typed.valid_until is None:
        mine["valid_until"] = stands["valid_until"]
    stands |= notes_of(working)
    mine |= {name: plain_text(note) for name, note in notes_of(typed).items()}
    return [Clash(labels[name], stands[name], mine[name]) for name in stands if stands[name] != mine[name]]


def why_blocked(working: Working) -> str:
    """Why whoever looks may not approve it; nothing when they may, or when it is nobody's turn to."""
    if not working.approvers:
        return _("Nobody can approve this: every editor wrote in it.")
    names = ", ".join(working.approvers)
    if working.approved_by and not working.mine:
        return _("You approved this text. Somebody else gives the next approval: %(names)s.", names=names)
    if not working.mine:
        return ""
    return _("You wrote in this text. Another editor approves it: %(names)s.", names=names)


def told(count: int) -> str:
    """How many people a recall reaches, for the page that asks before it."""
    if not count:
        return _("Nobody received this text in a reply.")
    return ngettext("%(num)s reply relied on this text.", "%(num)s replies relied on this text.", count)
