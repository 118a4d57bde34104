"""The first pages of a sheet: title page, what the sheet is and is not, and the contents."""

from collections.abc import Iterator

from workflows.sheets.document import FrontMatter, SheetDocument
from workflows.sheets.docx_ink import TEXT_WIDTH, Ink, field_begin, field_end, tab

_LEGEND_WIDTHS = (2_600, TEXT_WIDTH - 2_600)
SOURCES_ANCHOR = "_Toc99990000"


def title_page(ink: Ink, sheet: SheetDocument) -> str:
    """Who speaks, where to ask, which country, when."""
    front = sheet.front
    facts = " · ".join(text for text in (front.edition_text, front.published_text, front.review_text) if text)
    return "".join(
        (
            ink.paragraph("FrontName", ink.run(front.network_name)),
            ink.lines("FrontText", front.network_text),
            ink.lines("Callout", front.helpdesk_text),
            ink.paragraph("FrontKind", ink.run(front.kind_label)),
            ink.paragraph("Title", ink.run(sheet.country)),
            ink.paragraph("Subtitle", ink.run(sheet.month_year)),
            ink.paragraph("FrontFacts", ink.run(facts)),
            ink.lines("Note", sheet.warning or ""),
            ink.lines("FrontText", sheet.since),
            ink.lines("FrontFunding", front.funding_text or ""),
        )
    )


def about_page(ink: Ink, sheet: SheetDocument) -> str:
    """What the sheet promises, how it was made, and how to read its discs."""
    front = sheet.front
    blocks = [
        ink.paragraph("FrontHeading", ink.run(front.disclaimer_title), "<w:pageBreakBefore/>"),
        ink.lines("FrontText", front.disclaimer_text),
        ink.paragraph("FrontHeading", ink.run(front.preparation_title)),
        ink.lines("FrontText", front.preparation_text),
    ]
    if front.partners:
        blocks.append(ink.paragraph("FrontHeading", ink.run(front.partners_title)))
        blocks += [ink.paragraph("ListBullet", ink.run(partner)) for partner in front.partners]
    if front.legend:
        blocks += [ink.paragraph("FrontHeading", ink.run(front.legend_title)), ink.lines("FrontText", sheet.as_of)]
        blocks.append(_legend(ink, front))
    return "".join(blocks)


def contents(ink: Ink, sheet: SheetDocument) -> str:
    """Every entry leads to its heading and asks for the page of it, which the program that opens the file counts.

    Not one field for all of the contents: LibreOffice takes its entries as words and would show no page until somebody
    has it made anew, while it counts the page of each entry by itself.
    """
    heading = ink.paragraph("TOCHeading", ink.run(sheet.front.contents_title), "<w:pageBreakBefore/>")
    return heading + "".join(_entry(ink, entry) for entry in _entries(sheet)) + ink.paragraph("AfterTable", "")


def section_anchor(section: int) -> str:
    return f"_Toc{section:04d}0000"


def item_anchor(section: int, item: int) -> str:
    return f"_Toc{section:04d}{item:04d}"


def _entries(sheet: SheetDocument) -> Iterator[tuple[int, str, str, str, str]]:
    """Level, where it leads, number, words and their language, of each line of the contents."""
    for section in sheet.sections:
        yield 1, section_anchor(section.number), str(section.number), section.title, ""
        for number, item in enumerate(section.items, 1):
            yield 2, item_anchor(section.number, number), f"{section.number}.{number}", item.title, item.language
    if any(item.sources for section in sheet.sections for item in section.items):
        yield 1, SOURCES_ANCHOR, "", sheet.front.sources_title, ""


def _entry(ink: Ink, entry: tuple[int, str, str, str, str]) -> str:
    level, anchor, number, title, language = entry
    page = tab() + field_begin(f"PAGEREF {anchor} \\h", stale=True) + ink.run("–") + field_end()
    return ink.paragraph(f"TOC{level}", ink.anchor_link(anchor, numbered(ink, number, title, language) + page))


def numbered(ink: Ink, number: str, title: str, language: str = "") -> str:
    """A number, a tab and words, as headings and the contents show them; the sheet's language if none is said."""
    return (ink.run(number) + tab() if number else "") + ink.said_in(language, title)


def _legend(ink: Ink, front: FrontMatter) -> str:
    rows = []
    for line in front.legend:
        cells = (
            ink.paragraph("TableText", ink.freshness(line.kind, line.word)),
            ink.paragraph("TableText", ink.run(line.meaning)),
        )
        widths = zip(cells, _LEGEND_WIDTHS, strict=True)
        row = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell, w in widths)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>")
    return ink.table_start(_LEGEND_WIDTHS, heads=False) + "".join(rows) + ink.table_end()
