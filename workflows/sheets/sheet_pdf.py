"""A frozen edition as a tagged PDF: what the Word file says, in the same order. The same sheet gives the same bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from io import BytesIO
from typing import Any

from workflows.sheets.document import ItemText, Phrase, SectionText, SheetDocument, SourceText
from workflows.sheets.paper import typeset
from workflows.sheets.pdf_markdown import Block, cleaned, markdown_blocks
from workflows.sheets.words import direction_of


def sheet_pdf(edition: SheetDocument) -> bytes:
    """The file, about a third of what typesetting makes of it. Refuses: NoLetters."""
    front, sources = edition.front, dict[SourceText, int]()
    words = {
        "title": f"{front.kind_label} · {edition.country}",
        "language": edition.language,
        "direction": edition.direction,
        "network_name": front.network_name,
        "page_text": front.page_text,
        "table_label": front.table_label,
        "country": edition.country,
        "month_year": edition.month_year,
        "warning": edition.warning,
        "since": edition.since,
        "as_of": edition.as_of,
        "front": asdict(front),
        "sections": [_section(section, sources) for section in edition.sections],
    }
    listed = [{**_said(one.language, one.label), "day": one.day} for one in sources]
    kept = cleaned({**words, "sources": listed}, rtl=edition.direction == "rtl")
    return _packed(typeset("sheet.typ", kept, edition.direction, edition.published_on))


def _said(language: str, text: str) -> Block:
    """Words with the language they are in; none is the sheet's."""
    return {"text": text, "language": language, "direction": direction_of(language) if language else None}


def _section(section: SectionText, sources: dict[SourceText, int]) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title,
        "intro": section.intro,
        "note": section.state_note or "",
        "items": [_item(item, sources) for item in section.items],
    }


def _item(item: ItemText, sources: dict[SourceText, int]) -> dict[str, Any]:
    """`sources` has every source of the sheet so far with its number; one that came before keeps it."""
    numbers = [sources.setdefault(source, len(sources) + 1) for source in item.sources]
    facts = (item.as_of_text, item.information_date_text, item.valid_until_text, f"{item.ref} v{item.version}")
    return {
        "title": _said(item.language, item.title),
        "language_text": _said(item.language, item.language_text) if item.language_text else None,
        "kind": item.freshness_kind,
        "word": item.freshness_word,
        "facts": [text for text in facts if text],
        "sources": sorted(set(numbers)),
        "gone": _runs(item.gone),
        "became": _runs(item.became),
        "blocks": markdown_blocks(item.markdown, numbers),
        "unknown": _runs(item.unknown),
    }


def _runs(phrases: Sequence[Phrase]) -> list[Block]:
    """The runs of one paragraph, a space between two phrases."""
    return [run for at, phrase in enumerate(phrases) for run in _phrase(phrase, first=at == 0)]


def _phrase(phrase: Phrase, *, first: bool) -> Iterator[Block]:
    more = {"bold": phrase.bold, **({"to": phrase.to} if phrase.to else {})}
    for at, line in enumerate(phrase.text.strip().splitlines()):
        if at:
            yield {"break": True}
        elif not first:
            yield {"text": " "}
        yield {**_said(phrase.language, line), **more}


def _packed(file: bytes) -> bytes:
    import pikepdf  # here: only the process that publishes makes files

    out = BytesIO()
    with pikepdf.open(BytesIO(file)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()
