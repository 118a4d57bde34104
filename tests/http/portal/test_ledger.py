"""The monthly statement in the portal: a page, a table and a document, each with the partner's own and no more."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from sqlalchemy.orm import Session

from tests.factories import NOW, make_partner, make_researcher
from tests.ledgers import EIGHT_HOURS, FEE, done, make_entry, over
from workflows.assignments.agreement import Agreement


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partner_portal.ledger.now", lambda: NOW)


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene, name="Relais de Kinshasa")


@pytest.fixture
def browser(portal, scene: Session, partner):
    researcher = make_researcher(scene, partner, language="en")
    scene.commit()
    return portal.sign_in(researcher.id)


@pytest.fixture
def month(scene: Session, partner) -> None:
    """Two tasks booked, one given back, one of another partner, one of another month."""
    done(scene, partner, number=11)
    row = done(scene, partner, FEE, number=12)
    taken_off = Agreement(amount=Decimal("-50.50"), currency="EUR")
    make_entry(scene, row, taken_off, kind="adjusted", reason='=HYPERLINK("x")')
    over(scene, partner, "released", number=13)
    done(scene, make_partner(scene), number=14)
    make_entry(scene, over(scene, partner, "completed", number=15), day=date(2026, 2, 27))
    scene.commit()


def test_the_page_shows_what_counts_what_does_not_and_the_sums(month, browser) -> None:
    page = browser.get("/w/ledger").text
    assert [f"T-00{number}" in page for number in (11, 12, 13, 14, 15)] == [True, True, True, False, False]
    assert "8 h" in page
    assert "100.00\u00a0EUR" in page
    assert "Given back: nothing booked" in page
    assert "T-0015" in browser.get("/w/ledger?month=2026-02").text
    assert "Nothing stands in this month" in browser.get("/w/ledger?month=2026-05").text
    assert browser.get("/w/ledger?month=nonsense").status_code == 200


def test_it_is_neutral(month, browser) -> None:
    page = browser.get("/w/ledger").text
    assert "<title>Statement – Workspace</title>" in page
    for answer in (page, browser.get("/w/ledger.csv").text, words(browser.get("/w/ledger.docx").data)):
        for word in ("Congo", "COD", "Kinshasa", "insulin", "insuline"):
            assert word not in answer


def test_the_table_neutralises_what_a_spreadsheet_would_run_and_keeps_numbers(month, browser) -> None:
    answer = browser.get("/w/ledger.csv?month=2026-03")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="statement-2026-03.csv"'
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["Task", "Day", "What happened", "Hours", "Fee", "Currency", "Note"]
    assert rows[1] == ["T-0011", "2026-03-10", "Answer accepted", "8.00", "", "", ""]
    assert rows[3] == ["T-0012", "2026-03-10", "Adjusted", "", "-50.50", "EUR", '\'=HYPERLINK("x")']
    assert rows[4] == ["T-0013", "2026-03-10", "Given back: nothing booked", "", "", "", ""]
    assert rows[-1] == ["Total", "", "", "", "100.00", "EUR", ""]


def test_the_document_opens_has_the_same_rows_and_names_nobody(month, browser) -> None:
    answer = browser.get("/w/ledger.docx?month=2026-03")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="statement-2026-03.docx"'
    document = Document(io.BytesIO(answer.data))
    known = document.core_properties
    assert (known.author, known.last_modified_by, known.comments) == ("", "", "")
    assert (document.paragraphs[0].text, known.title) == ("Statement March 2026", "Statement March 2026")
    [table] = document.tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert len(texts) == 7
    assert texts[1][3:] == ["8", "", "", ""]
    assert texts[3] == ["T-0012", "10 Mar 2026", "Adjusted", "", "-50.50", "EUR", '=HYPERLINK("x")']
    assert "Relais" not in words(answer.data)


def test_a_column_is_as_wide_as_what_stands_in_it(scene, month, browser) -> None:
    document = Document(io.BytesIO(browser.get("/w/ledger.docx?month=2026-03").data))
    section, [table] = document.sections[0], document.tables
    task, day, kind, hours, *_rest = widths = [cell.width for cell in table.rows[1].cells]
    assert hours < task < day < kind
    assert sum(widths) <= section.page_width - section.left_margin - section.right_margin
    assert all([cell.width for cell in row.cells] == widths for row in table.rows)


def test_in_arabic_the_month_is_in_words_and_a_note_in_english_runs_its_own_way(scene, partner, portal) -> None:
    row = done(scene, partner, number=11)
    make_entry(scene, row, Agreement(hours=Decimal("-1.5")), kind="adjusted", reason="Less was agreed.")
    researcher = make_researcher(scene, partner, language="ar")
    scene.commit()
    document = Document(io.BytesIO(portal.sign_in(researcher.id).get("/w/ledger.docx?month=2026-03").data))
    title, line = document.paragraphs[0], [cell.paragraphs[0] for cell in document.tables[0].rows[2].cells]
    assert title.text == "كشف مارس 2026"
    turned = [
        paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:bidi")) is not None for paragraph in [title, *line]
    ]
    assert turned == [True, False, True, True, False, False, False, False]
    assert (line[6].text, line[6].alignment, line[6].runs[0].font.rtl) == (
        "Less was agreed.",
        WD_ALIGN_PARAGRAPH.RIGHT,
        None,
    )


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_document_says_in_which_language_it_is(scene, partner, portal, language) -> None:
    researcher = make_researcher(scene, partner, language=language)
    scene.commit()
    document = Document(io.BytesIO(portal.sign_in(researcher.id).get("/w/ledger.docx?month=2026-03").data))
    [spoken] = document.styles.element.iterfind(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert (spoken.get(qn("w:val")), spoken.get(qn("w:bidi"))) == (language, language)
    assert document.core_properties.language == language


@pytest.mark.parametrize(
    ("agreed", "totals"),
    [
        ([FEE], [["", "150.50", "EUR"]]),
        ([FEE, EIGHT_HOURS], [["8.00", "", ""], ["", "150.50", "EUR"]]),
        ([Agreement()], [["0.00", "", ""]]),
        ([EIGHT_HOURS, Agreement(hours=Decimal(-8))], [["0.00", "", ""]]),
    ],
)
def test_the_files_total_hours_only_where_hours_were_agreed_or_nothing_was(scene, partner, browser, agreed, totals):
    booked, *adjusted = agreed
    row = done(scene, partner, booked)
    for one in adjusted:
        make_entry(scene, row, one, kind="adjusted", reason="Agreed by telephone")
    scene.commit()
    rows = list(csv.reader(io.StringIO(browser.get("/w/ledger.csv").data.decode("utf-8-sig"))))
    sums = [row[3:6] for row in rows if row[0] == "Total"]
    assert [[f"{Decimal(hours):.2f}" if hours else "", *fee] for hours, *fee in sums] == totals
    [table] = Document(io.BytesIO(browser.get("/w/ledger.docx").data)).tables
    totals = [[hours.removesuffix(".00"), *fee] for hours, *fee in totals]
    assert [[cell.text for cell in row.cells][3:6] for row in table.rows if row.cells[0].text == "Total"] == totals


@pytest.mark.parametrize("many", [3, 300])
def test_it_costs_the_same_at_any_length(scene, partner, browser, many) -> None:
    for number in range(many):
        done(scene, partner, number=number + 1)
    scene.commit()
    for path in ("/w/ledger", "/w/ledger.csv", "/w/ledger.docx"):
        with browser.statements() as seen:
            assert browser.get(path).status_code == 200
        assert len(seen) == 1


def words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
