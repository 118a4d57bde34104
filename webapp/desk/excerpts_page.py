"""What the page of one excerpt says in words: the text as readers see it, its checks, what changes, who has it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from web_kit.forms import Clash
from web_kit.language import direction, say_date
from webapp.desk.vocabulary import Vocabulary, vocabulary
from workflows.core.actors import Staff
from workflows.excerpts.compare import compare
from workflows.excerpts.desk_page import ExcerptPage, Working, Written
from workflows.excerpts.draft import Text, plain_text
from workflows.excerpts.markdown import render
from workflows.excerpts.words import CHANGE_WORDS, CONFIDENCE, LANGUAGES, OF_EXCERPT, OF_VERSION, SOURCE_KINDS
from workflows.replies.relying import replies_resting_on
from workflows.sheets.relying import sheets_printing

MARKS = {"removed": "del", "added": "ins"}
PARAGRAPHS = frozenset({"title", "summary", "body", "unknown", "sources"})
"""Fields that are compared word by word; of the others the old value stands beside the new one."""


def page_context(session: Session, actor: Staff, page: ExcerptPage, words: Vocabulary | None = None) -> dict[str, Any]:
    """Everything the page of one excerpt shows."""
    words, working = words or vocabulary(session), page.working
    shown = working.text if working else page.published
    return {
        "page": page,
        "working": working,
        "words": words,
        "shown": as_readers_see(shown, page.language, words) if shown else None,
        "rows": changes(page.published, working.text, words) if working and page.published else [],
        "checks": list(checks(working)) if working else [],
        "of_excerpt": OF_EXCERPT,
        "of_version": OF_VERSION,
        "change_words": CHANGE_WORDS,
        "languages_of_texts": LANGUAGES,
        "labels": field_labels(),
        "blocked": why_blocked(working) if working else "",
        "refused": {},
        **relied_on(session, actor, page.ref),
    }


def relied_on(session: Session, actor: Staff, ref: str) -> dict[str, Any]:
    """Who has the text already: replies and country sheets. Two statements."""
    return {"reliance": replies_resting_on(session, actor, ref), "sheets": sheets_printing(session, actor, ref)}


def as_readers_see(text: Written | Text, language: str, words: Vocabulary) -> dict[str, Any]:
    """A text with its Markdown rendered and its codes in words."""
    sources = [_source(one if isinstance(one, Mapping) else one.as_json()) for one in text.sources]
    return {
        "text": text,
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
        "public_note": _("What readers are told about the change"),
    }


def in_words(text: Written | Text, words: Vocabulary) -> dict[str, str]:
    """Every field of a text as plain words, to be compared."""
    sources = [_source(one if isinstance(one, Mapping) else one.as_json()) for one in text.sources]
    lines = (" · ".join(filter(None, one.values())) for one in sources)
    return {
        **{name: getattr(text, name) for name in ("title", "summary", "body", "unknown", "place")},
        "confidence": _(CONFIDENCE[text.confidence]) if text.confidence in CONFIDENCE else "",
        "topics": words.listed(text.topics),
        "facets": words.listed(text.facets),
        "sources": "\n\n".join(f"{number} {line}" for number, line in enumerate(lines, start=1)),
        "information_date": say_date(text.information_date),
        "valid_until": say_date(text.valid_until),
    }


def changes(before: Written, after: Written, words: Vocabulary) -> list[dict[str, Any]]:
    """What differs between two texts, field by field and paragraph by paragraph; a field keeps its name on its first
    row. Short fields that are the same are left out.
    """
    labels, rows = field_labels(), []
    old, new = in_words(before, words), in_words(after, words)
    for name in old:
        if name in PARAGRAPHS:
            found = enumerate(_rows(old[name], new[name]))
            rows += [{"label": "" if place else labels[name], **row} for place, row in found]
        elif old[name] != new[name]:
            removed, added = ([(text, mark)] if text else [] for text, mark in ((old[name], "del"), (new[name], "ins")))
            rows.append({"label": labels[name], "before": removed, "after": added})
    return rows


def _rows(old: str, new: str) -> list[dict[str, Any]]:
    return [
        {
            "before": [(one.text, MARKS.get(one.mark, "")) for one in row.old],
            "after": [(one.text, MARKS.get(one.mark, "")) for one in row.new],
        }
        for row in compare(old, new)
    ]


def clashes(working: Working, typed: Text, words: Vocabulary) -> list[Clash]:
    """The fields in which what stands and what was typed differ. How a browser ends its lines is no difference."""
    labels, stands = field_labels(), in_words(working.text, words)
    mine = {name: plain_text(text) for name, text in in_words(typed, words).items()}
    if typed.valid_until is None:
        mine["valid_until"] = stands["valid_until"]
    stands["public_note"], mine["public_note"] = working.public_note, plain_text(typed.public_note)
    return [Clash(labels[name], stands[name], mine[name]) for name in stands if stands[name] != mine[name]]


def checks(working: Working) -> Iterator[dict[str, str]]:
    """What the machine looked at, worst first."""
    reading, sources, labels = working.reading, working.text.sources, field_labels()
    where = ", ".join(labels.get(name, name) for name in reading.findings)
    if reading.personal:
        yield _check("stop", reading.personal, _("May point to a person: %(where)s", where=where))
    else:
        yield _check("ok", 0, _("Places that may point to a person"))
    whole = sum(all(one.get(part) for part in ("label", "kind", "dated")) for one in sources)
    tone = "ok" if sources and whole == len(sources) else "stop"
    yield _check(tone, f"{whole}/{len(sources)}", _("Sources with description, kind and day"))
    yield _check(
        "act" if reading.advice else "ok", len(reading.advice), _quoted(_("Words that advise"), reading.advice)
    )
    yield _check("act" if reading.long else "ok", len(reading.long), _quoted(_("Long sentences"), reading.long))


def _check(tone: str, count: object, text: str) -> dict[str, str]:
    return {"tone": tone, "icon": "check" if tone == "ok" else "warn", "count": str(count), "text": text}


def _quoted(label: str, found: tuple[str, ...]) -> str:
    return label + (": " + "; ".join(f"“{one}”" for one in found) if found else "")


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
