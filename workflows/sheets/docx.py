"""A frozen edition as a Word file: the same sheet always gives the same bytes."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from workflows.core.hidden import strip_hidden
from workflows.sheets.document import SheetDocument
from workflows.sheets.docx_body import sections_xml, sources_xml
from workflows.sheets.docx_front import about_page, contents, title_page
from workflows.sheets.docx_ink import Ink, simple_field, tab, tag_of

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "header1": "header",
    "footer1": "footer",
}
_SIDE_BAR = re.compile(r'<w:left( w:val="single"[^>]*/>)(<w:bottom[^>]*/>)?(?!<w:bottom|<w:right)')
"""A line at the left of a style that has none at the right."""


def write_docx(edition: SheetDocument, out: BinaryIO) -> None:
    """Write the edition to `out` as a Word document: styles, fields and links, no author, nothing outside the file."""
    ink = Ink(edition.direction, edition.front.table_label, edition.language)
    body = _body(ink, edition)  # first: it fills what the other parts list
    front = edition.front
    paper = Paper(
        title=f"{front.kind_label} · {edition.country}",
        language=edition.language,
        version=edition.edition_number,
        day=edition.published_on,
        header=_header(ink, edition),
        footer=footer_line(ink, front.network_name, front.page_text),
        has_title_page=True,
    )
    pack(out, ink, paper, body)


@dataclass(frozen=True, slots=True)
class Paper:
    """What the parts around a text say of it; header and footer are paragraphs."""

    title: str
    language: str
    version: int
    day: date
    header: str
    footer: str
    has_title_page: bool = False
    """Its first page has neither header nor footer."""


def pack(out: BinaryIO, ink: Ink, paper: Paper, body: str) -> None:
    """Write a text in the house's style to `out`; `ink` has written all of `body` and counted what it used."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core_properties(paper),
        "word/_rels/document.xml.rels": _document_relations(ink),
        "word/document.xml": _document(ink, body, paper),
        "word/styles.xml": _styles(ink, paper.language),
        "word/numbering.xml": _template("numbering.xml").replace("@LISTS@", _ordered_lists(ink)),
        "word/settings.xml": _settings(paper.language),
        "word/header1.xml": f'{_HEAD}<w:hdr xmlns:w="{_WORD}">{paper.header}</w:hdr>',
        "word/footer1.xml": f'{_HEAD}<w:ftr xmlns:w="{_WORD}">{paper.footer}</w:ftr>',
    }
    with ZipFile(out, "w") as archive:
        for name, xml in parts.items():
            _store(archive, name, xml.encode(), paper.day)
        for picture in ink.discs:
            _store(archive, f"word/media/{picture}.png", _picture(picture), paper.day)


def _store(archive: ZipFile, name: str, content: bytes, day: date) -> None:
    entry = ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0
    archive.writestr(entry, content)


def _body(ink: Ink, edition: SheetDocument) -> str:
    """Contents come before sections, whose sources come last; each is written in that order."""
    blocks = (
        title_page(ink, edition),
        about_page(ink, edition),
        contents(ink, edition),
        sections_xml(ink, edition),
        sources_xml(ink, edition.front.sources_title),
    )
    return "".join(blocks)


def _document(ink: Ink, body: str, paper: Paper) -> str:
    spaces = (
        f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships" xmlns:a="{_DRAWING}/main" '
        f'xmlns:pic="{_DRAWING}/picture" xmlns:wp="{_DRAWING}/wordprocessingDrawing"'
    )
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1"/><w:footerReference w:type="default" '
        'r:id="rIdfooter1"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1531" w:right="1418" w:bottom="1418" '
        'w:left="1418" w:header="680" w:footer="624" w:gutter="0"/>'
        f"{'<w:titlePg/>' if paper.has_title_page else ''}{'<w:bidi/>' if ink.rtl else ''}</w:sectPr>"
    )
    return f"{_HEAD}<w:document {spaces}><w:body>{body}{page}</w:body></w:document>"


def _header(ink: Ink, edition: SheetDocument) -> str:
    front = edition.front
    name = ink.run(f"{front.kind_label} · {edition.country}")
    until = f" · {front.review_text}" if front.review_text else ""
    return ink.paragraph("Header", name + tab() + ink.run(f"{front.edition_text} · {edition.month_year}{until}"))


def footer_line(ink: Ink, network_name: str, page_text: str) -> str:
    """The network's name, then the caller's words with the page and the number of pages as fields."""
    before, _, rest = page_text.partition("{page}")
    between, _, after = rest.partition("{pages}")
    pages = (
        ink.run(before) + simple_field("PAGE", "1") + ink.run(between) + simple_field("NUMPAGES", "1") + ink.run(after)
    )
    return ink.paragraph("Footer", ink.run(network_name) + tab() + pages)


def _ordered_lists(ink: Ink) -> str:
    """A numbering of its own for every ordered list, so that each starts anew."""
    return "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, (level, start) in enumerate(ink.ordered_lists, 2)
    )


def _styles(ink: Ink, language: str) -> str:
    """The styles in the text's language; a bar at the side stands where its lines begin."""
    tag = tag_of(language)
    styles = _template("styles.xml").replace("@LANGUAGE@", tag).replace("@BIDI@", tag)
    return _SIDE_BAR.sub(r"\2<w:right\1", styles) if ink.rtl else styles


def _settings(language: str) -> str:
    tag = tag_of(language)
    return (
        f'{_HEAD}<w:settings xmlns:w="{_WORD}"><w:zoom w:percent="100"/><w:removePersonalInformation/>'
        '<w:removeDateAndTime/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{tag}" w:bidi="{tag}"/></w:settings>'
    )


def _core_properties(paper: Paper) -> str:
    """Title, language and dates; the people who wrote it are not named."""
    title = escape(strip_hidden(paper.title))
    day = f"{paper.day:%Y-%m-%d}T00:00:00Z"
    stamps = "".join(
        f'<dcterms:{kind} xsi:type="dcterms:W3CDTF">{day}</dcterms:{kind}>' for kind in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:language>{tag_of(paper.language)}</dc:language>"
        f"<cp:version>{paper.version}</cp:version>{stamps}</cp:coreProperties>"
    )


def _content_types() -> str:
    overrides = {"document": "document.main", **_PARTS}
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{_CONTENT}.{kind}+xml"/>'
            for part, kind in overrides.items()
        )
        + '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _package_relations() -> str:
    return _relations(
        _relation("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml")
        + _relation("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
    )


def _document_relations(ink: Ink) -> str:
    parts = (_relation(f"rId{part}", f"{_OFFICE}/relationships/{kind}", f"{part}.xml") for part, kind in _PARTS.items())
    image = f"{_OFFICE}/relationships/image"
    discs = (_relation(number, image, f"media/{picture}.png") for picture, number in ink.discs.items())
    return _relations("".join((*parts, *discs)))


def _relation(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>'


def _relations(inner: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


@cache
def _template(name: str) -> str:
    return files("workflows.sheets").joinpath("parts", name).read_text(encoding="utf-8")


@cache
def _picture(name: str) -> bytes:
    return files("workflows.sheets").joinpath("parts", f"{name}.png").read_bytes()
