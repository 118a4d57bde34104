"""The body of a sheet: sections, their items with how fresh they are, and all sources at the end."""

from workflows.sheets.document import ItemText, SectionText, SheetDocument, SourceText
from workflows.sheets.docx_front import SOURCES_ANCHOR, item_anchor, numbered, section_anchor
from workflows.sheets.docx_ink import Ink, tab
from workflows.sheets.docx_markdown import markdown_xml
from workflows.sheets.words import direction_of


def sections_xml(ink: Ink, sheet: SheetDocument) -> str:
    """Every section in its order. The first starts a page of its own after the contents."""
    return "".join(_section(ink, section, sheet, first=at == 0) for at, section in enumerate(sheet.sections))


def sources_xml(ink: Ink, title: str) -> str:
    """The sources in the order in which the sheet first leans on them; call it after the sections."""
    if not ink.sources:
        return ""
    heading = ink.paragraph("Heading1", ink.bookmark(SOURCES_ANCHOR, ink.run(title)))
    return heading + "".join(
        ink.paragraph("Source", ink.bookmark(f"s{number}", ink.run(f"{number}.")) + tab() + _source(ink, source))
        for source, number in ink.sources.items()
    )


def _source(ink: Ink, source: SourceText) -> str:
    label = ink.said_in(source.language, source.label)
    return label + (ink.run(f", {source.day}") if source.day else "")


def _section(ink: Ink, section: SectionText, sheet: SheetDocument, *, first: bool) -> str:
    title = ink.bookmark(section_anchor(section.number), numbered(ink, str(section.number), section.title))
    blocks = [ink.paragraph("Heading1", title, "<w:pageBreakBefore/>" if first else "")]
    if section.state_note:
        blocks.append(ink.lines("Note", section.state_note))
    blocks.append(ink.lines("Intro", section.intro))
    blocks += [
        _item(ink, item, section.number, number, sheet.front.sources_label)
        for number, item in enumerate(section.items, 1)
    ]
    return "".join(blocks)


def _item(ink: Ink, item: ItemText, section: int, number: int, sources_label: str) -> str:
    title = numbered(ink, f"{section}.{number}", item.title, item.language)
    sources = [ink.source_number(source) for source in item.sources]
    blocks = [
        ink.paragraph("Heading2", ink.bookmark(item_anchor(section, number), title)),
        ink.paragraph("Facts", _facts(ink, item, sources, sources_label)),
        ink.remark("Normal", item.gone),
        ink.remark("Quote", item.became),
    ]
    with ink.speaking(item.language or ink.language, direction_of(item.language) if item.language else None):
        blocks.append(markdown_xml(ink, item.markdown, sources, item.title))
    return "".join(blocks) + ink.remark("Quote", item.unknown)


def _facts(ink: Ink, item: ItemText, sources: list[int], sources_label: str) -> str:
    """How far the item can be relied on, and what to cite."""
    texts = (item.as_of_text, item.information_date_text, item.valid_until_text, f"{item.ref} v{item.version}")
    facts = ink.freshness(item.freshness_kind, item.freshness_word)
    if item.language_text:
        facts += ink.run(" · ") + ink.said_in(item.language, item.language_text)
    facts += ink.run("".join(f" · {text}" for text in texts if text))
    if sources:
        facts += ink.run(f" · {sources_label} ") + ink.source_links(sorted(set(sources)))
    return facts
