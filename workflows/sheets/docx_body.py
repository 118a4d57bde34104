"""The body of a sheet: sections, their items with how fresh they are, and all sources at the end."""

from workflows.sheets.document import ItemText, SectionText, SheetDocument
from workflows.sheets.docx_front import SOURCES_ANCHOR, item_anchor, numbered, section_anchor
from workflows.sheets.docx_ink import Ink, tab
from workflows.sheets.docx_markdown import markdown_xml


def sections_xml(ink: Ink, sheet: SheetDocument) -> str:
    """Every section in its order. The first starts a page of its own after the contents."""
    return "".join(_section(ink, section, sheet, first=at == 0) for at, section in enumerate(sheet.sections))


def sources_xml(ink: Ink, title: str) -> str:
    """The sources in the order in which the sheet first leans on them; call it after the sections."""
    if not ink.sources:
        return ""
    heading = ink.paragraph("Heading1", ink.bookmark(SOURCES_ANCHOR, ink.run(title)))
    return heading + "".join(
        ink.paragraph("Source", ink.bookmark(f"s{number}", ink.run(f"{number}.")) + tab() + ink.run(source))
        for source, number in ink.sources.items()
    )


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
    heading = ink.bookmark(item_anchor(section, number), numbered(ink, f"{section}.{number}", item.title))
    sources = [ink.source_number(source) for source in item.sources]
    return "".join(
        (
            ink.paragraph("Heading2", heading),
            ink.paragraph("Facts", _facts(ink, item, sources, sources_label)),
            markdown_xml(ink, item.markdown, sources, item.title),
        )
    )


def _facts(ink: Ink, item: ItemText, sources: list[int], sources_label: str) -> str:
    """How far the item can be relied on, and what to cite."""
    texts = (item.language_text, item.information_date_text, item.valid_until_text, f"{item.ref} v{item.version}")
    facts = ink.freshness(item.freshness_kind, item.freshness_word) + ink.run("".join(f" · {t}" for t in texts if t))
    if sources:
        facts += ink.run(f" · {sources_label} ") + ink.source_links(sorted(set(sources)))
    return facts
