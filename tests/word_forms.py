"""A task and its Word form, and what people and programs do to the file on its way back."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from sandbox import word_form as kind
from workflows.answers.word_form import key_of, word_form
from workflows.answers.word_form_docx import form_docx
from workflows.answers.word_form_reading import Reading, read_answer
from workflows.answers.work_queries import NamedContact, NamedSource, Work, WrittenPoint
from workflows.assignments.agreement import Agreement
from workflows.assignments.partner_queries import AskedPoint, TaskScope
from workflows.assignments.text_to_check import TextToCheck

needs_writer = pytest.mark.skipif(
    not shutil.which("soffice"),
    reason="there is no LibreOffice on this machine: apt-get install libreoffice-writer-nogui",
)
OURS = UUID(int=1)
PHARMACISTS, REGISTRY = UUID(int=0xAAAA1111), UUID(int=0xBBBB2222)
SOURCE, CONTACT = f"Q1.sources.{key_of(PHARMACISTS)}", f"Q1.contacts.{key_of(REGISTRY)}"
CHECKED = TextToCheck(
    number=2, newest=3, taken_back=False, language="fr", title="Insuline à Erbil", place="Erbil",
    summary="Deux pharmacies sur trois en avaient, d’après [Q1.text] et la radio.",
    body="## Où\n\nPrès du marché [1].\n\n- à l’ouest\n- à l’est, سوق الشيخ الله\n\n| Boîte | Prix |\n|---|---|\n| 30 | 18 $ |",
    unknown="Rien sur Makhmur.\n\nNi sur Soran.", information_date=date(2025, 11, 3),
    sources=[{"label": "Visite de deux pharmacies", "kind": "visit", "dated": "2025-11-02"}],
)  # fmt: skip
"""Published text with all that it may have, and something that looks like the code of a field."""
SCOPE = TaskScope(
    id=OURS, reference="T-0042", state="accepted", partner_id=OURS, country="Iraq", place="Erbil", topics=("Health",),
    language="en", terms="Visit two pharmacies.\nNo names.", effort="", agreed=Agreement(), urgency="normal",
    field_visit=True, respond_by=None, submit_by=date(2026, 3, 27), paused=False, extension_until=None, extension_refused=None, closed_at=None,
    today=date(2026, 3, 1), timezone="UTC", messages=(),
    points=(AskedPoint("Q1", "What does insulin cost?"), AskedPoint("Q2", "Is there a clinic within an hour?")),
    to_check=CHECKED,
)  # fmt: skip
EMPTY_POINT = WrittenPoint("Q2", "", "", None, None, not_found=False, searched_where="")
WORK = Work(
    state="draft", partner_id=OURS, version=3, credit="anonymous", note="", saved_at=datetime(2026, 3, 1, tzinfo=UTC),
    submitted_at=None, reject_reason=None, prices=(), comments=(), sent=None,
    points=(
        WrittenPoint("Q1", "Two of three sell it.\nOften out of stock.", "Erbil", date(2026, 2, 3), "sure",
                     not_found=False, searched_where=""),
        EMPTY_POINT,
    ),
    sources=(
        NamedSource(PHARMACISTS, "Q1", "visit", "Three pharmacists", date(2026, 2, 3), "in_person", "role", "", "", "",
                    "", "", "A", keeps_identity=True),
    ),
    contacts=(NamedContact(REGISTRY, "Q1", "Registry", may_publish=False, reach="", keeps_reach=True),),
)  # fmt: skip
NOTHING = replace(WORK, points=(replace(EMPTY_POINT, code="Q1"), EMPTY_POINT), sources=(), contacts=())

FIELD = 2
Change = Callable[[Any], None]


def blank_form(language: str = "en", work: Work = WORK) -> bytes:
    """The file as it is downloaded."""
    return form_docx(word_form(SCOPE, work, language))


def read(data: bytes) -> Reading:
    """What the sandbox reads, without its process."""
    return read_answer(kind.work(data).data)


def changed(data: bytes, *changes: Change) -> bytes:
    """The file after somebody worked on it."""
    document = Document(BytesIO(data))
    for change in changes:
        change(document)
    return saved(document)


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def control(document: Any, tag: str) -> Any:
    """The content control with this tag, if it has one."""
    for one in document.element.iter(qn("w:sdt")):
        if one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == tag:
            return one
    return None


def fill(tag: str, text: str) -> Change:
    """Write into a field, as Word does: what stood in for the text is gone."""

    def write(document: Any) -> None:
        field = control(document, tag)
        if field is None:
            cell_for(document, tag).text = text
            return
        for waiting in field.findall(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"):
            waiting.getparent().remove(waiting)
        next(field.iter(qn("w:t"))).text = text

    return write


def cell_for(document: Any, tag: str) -> Any:
    """The cell of a field without a control."""
    parts = tag.split(".")
    if len(parts) == FIELD:
        return beside(document, tag)
    code = ".".join((*parts[:2], parts[3]))
    table = grid(document, code)
    column = next(place for place, cell in enumerate(table.rows[0].cells) if f"[{code}]" in cell.text)
    names = {f"[{parts[2]}]", parts[2]}
    return next(row for row in table.rows[1:] if names & {*row.cells[0].text.split()}).cells[column]


def without_controls(document: Any) -> None:
    """As Google exports: what stood in a field stands there by itself, and styles are gone."""
    for field in list(document.element.iter(qn("w:sdt"))):
        content = field.find(qn("w:sdtContent"))
        for child in list(content):
            field.addprevious(child)
        field.getparent().remove(field)
    for name in ("pStyle", "rStyle", "tblStyle"):
        for one in list(document.element.iter(qn(f"w:{name}"))):
            one.getparent().remove(one)


def cell_of(document: Any, code: str) -> Any:
    """The cell that holds a code."""
    return next(
        cell for table in document.tables for row in table.rows for cell in row.cells if f"[{code}]" in cell.text
    )


def beside(document: Any, code: str) -> Any:
    """The cell beside the one with this code."""
    for table in document.tables:
        for row in table.rows:
            if f"[{code}]" in row.cells[0].text:
                return row.cells[1]
    raise LookupError(code)


def grid(document: Any, code: str) -> Any:
    """The table with the column of this code."""
    return next(table for table in document.tables if any(f"[{code}]" in cell.text for cell in table.rows[0].cells))


def through_libreoffice(data: bytes, folder: Path, *formats: str) -> bytes:
    """The file after LibreOffice opened it and saved it in each of these formats, one after the other."""
    name = "came.docx"
    (folder / name).write_bytes(data)
    for number, ending in enumerate(formats):
        out = folder / str(number)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending]
        subprocess.run([*command, "--outdir", out, folder / name], check=True, capture_output=True, timeout=120)
        name = f"{number}/came.{ending}"
    return (folder / name).read_bytes()


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


ODT = b"application/vnd.oasis.opendocument.text"


def calling_itself(media: bytes) -> bytes:
    """An archive whose first member says what it is, as OpenDocument asks."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("mimetype", media)
        made.writestr("content.xml", "<office:document-content/>")
    return out.getvalue()
