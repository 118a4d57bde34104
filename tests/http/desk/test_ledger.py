"""The ledger at the desk: all partners, one partner, and a manager's adjustments."""

import csv
import io
from decimal import Decimal

import pytest
from docx import Document
from sqlalchemy import select

from tests.factories import make_partner, make_staff
from tests.ledgers import FEE, done, make_entry, over
from workflows.answers.ledger_models import LedgerEntry
from workflows.core import clock
from workflows.core.actors import Role

THEN = {"month": "2026-03"}


@pytest.fixture
def manager(desk, scene):
    made = make_staff(scene, Role.MANAGER)
    scene.commit()
    desk.sign_in(made.id)
    return made


@pytest.fixture
def partner(scene):
    return make_partner(scene, name="Relais")


def test_all_partners_with_their_sums_and_a_file_of_every_line(desk, scene, manager, partner) -> None:
    done(scene, partner, number=1)
    done(scene, make_partner(scene, name="=Ailleurs"), FEE, number=2)
    scene.commit()
    page = desk.get("/desk/ledger", query_string=THEN).text
    assert ("Relais" in page, "8 hours + " in " ".join(page.split()) or "8 h" in page) == (True, True)
    assert "150.50\u00a0EUR" in page
    rows = list(csv.reader(io.StringIO(desk.get("/desk/ledger.csv?month=2026-03").data.decode("utf-8-sig"))))
    assert [row[:2] for row in rows[1:3]] == [["Relais", "T-0001"], ["'=Ailleurs", "T-0002"]]
    assert "Nothing stands in this month" in desk.get("/desk/ledger?month=2020-01").text


def test_the_statement_of_one_partner_as_page_table_and_document(desk, scene, manager, partner) -> None:
    done(scene, partner, number=1)
    over(scene, partner, "revoked", number=2)
    scene.commit()
    address = f"/desk/ledger/{partner.id}"
    page = desk.get(address, query_string=THEN).text
    assert ("T-0001" in page, "Taken back by the desk: nothing booked" in page) == (True, True)
    assert desk.get(f"{address}.csv", query_string=THEN).status_code == 200
    document = Document(io.BytesIO(desk.get(f"{address}.docx", query_string=THEN).data))
    assert document.paragraphs[0].text == "Statement March 2026 · Relais"


def test_a_manager_adjusts_and_is_told_what_is_wrong_with_what_was_typed_kept(desk, scene, manager, partner) -> None:
    row = done(scene, partner)
    scene.commit()
    address = f"/desk/ledger/tasks/{row.id}"
    assert 'name="seen" type="hidden" value="1"' in desk.get(address).text
    wrong = desk.post(address, {"seen": "1", "hours": "two", "reason": "The road"})
    assert (wrong.status_code, "Write a number" in wrong.text, 'value="two"' in wrong.text) == (422, True, True)
    assert desk.post(address, {"seen": "1", "hours": "2"}).status_code == 422
    typed = {"seen": "1", "hours": "-2,5", "currency": "EUR", "reason": "The road"}
    assert desk.post(address, typed).location == f"/desk/ledger/{partner.id}"
    late = desk.post(address, typed | {"reason": "My road"})
    assert (late.status_code, "Another manager adjusted it meanwhile" in late.text) == (409, True)
    assert ("The road" in late.text, "My road" in late.text, 'value="2"' in late.text) == (True, True, True)
    scene.expire_all()
    entry = scene.scalars(select(LedgerEntry).where(LedgerEntry.kind == "adjusted")).one()
    assert (entry.hours, entry.amount, entry.currency) == (Decimal("-2.5"), None, "")


def test_what_was_not_taken_up_has_no_form(desk, scene, manager, partner) -> None:
    row = over(scene, partner, "accepted", closed_at=None)
    scene.commit()
    address = f"/desk/ledger/tasks/{row.id}"
    page = desk.get(address).text
    assert ("Nothing is booked." in page, 'name="reason"' in page) == (True, False)
    assert desk.post(address, {"seen": "0", "hours": "2", "reason": "Why"}).status_code == 409


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.ADMINISTRATOR])
def test_it_is_for_managers(desk, scene, partner, role) -> None:
    desk.sign_in(make_staff(scene, role).id)
    row = done(scene, partner)
    scene.commit()
    for path in ("", ".csv", f"/{partner.id}", f"/{partner.id}.csv", f"/{partner.id}.docx", f"/tasks/{row.id}"):
        assert desk.get(f"/desk/ledger{path}").status_code == 403


@pytest.mark.parametrize("many", [3, 300])
def test_the_ledger_asks_the_database_little(desk, scene, manager, many) -> None:
    for number in range(many):
        done(scene, make_partner(scene), number=number + 1)
    row = done(scene, make_partner(scene), number=many + 1)
    for _ in range(many):
        make_entry(scene, row, kind="adjusted", reason="Why", day=clock.today())
    scene.commit()
    for path, most in (
        ("?month=2026-03", 2), (".csv?month=2026-03", 1), (f"/{row.partner_id}", 3), (f"/{row.partner_id}.csv", 2),
        (f"/tasks/{row.id}", 4),
    ):  # fmt: skip
        with desk.statements() as seen:
            assert desk.get(f"/desk/ledger{path}").status_code == 200
        assert len(seen) == most, path
