"""What is booked for a partner, what is not and why, and what a manager adjusts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from tests.at_desk import AtDesk
from tests.factories import NOW, make_assignment, make_partner, make_researcher, make_staff
from tests.ledgers import EIGHT_HOURS, FEE, MARCH, done, make_entry, over
from tests.reviews import ALL_YES, submitted
from tests.workspace import AtWork
from workflows.answers.desk import accept_answer, reject_answer
from workflows.answers.ledger import adjust_ledger
from workflows.answers.ledger_models import LedgerEntry
from workflows.answers.ledger_queries import Month, statement, task_account
from workflows.assignments.agreement import Agreement
from workflows.core.actors import Role
from workflows.core.errors import DoneMeanwhile, Incomplete, NotAllowed, OutOfTurn
from workflows.core.events import Event

MINUS_TWO = Agreement(hours=Decimal(-2))
THIS_MONTH = Month(MARCH)


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene, name="Relais")


@pytest.fixture
def manager(scene: Session):
    return make_staff(scene, Role.MANAGER)


def entries(scene: Session) -> list[tuple]:
    scene.expire_all()
    rows = scene.scalars(select(LedgerEntry).order_by(LedgerEntry.at, LedgerEntry.kind.desc()))
    return [(one.kind, one.hours, one.amount, one.currency, one.day) for one in rows]


@pytest.mark.parametrize(
    ("agreed", "booked"),
    [
        (EIGHT_HOURS, (Decimal(8), None, "")),
        (FEE, (None, Decimal("150.50"), "EUR")),
        (Agreement(), (None, None, "")),
    ],
)
def test_an_accepted_answer_books_what_was_agreed(desk_session: Session, scene: Session, agreed, booked) -> None:
    at = submitted(scene)
    at.assignment.agreement = agreed
    scene.commit()
    accept_answer(desk_session, at.editor, at.answer.id, ALL_YES, at.seen, NOW)
    desk_session.commit()
    assert entries(scene) == [("booked", *booked, NOW.date())]


def test_a_rejected_answer_books_nothing_and_the_statement_says_so(desk_session: Session, scene: Session) -> None:
    at = submitted(scene)
    at.assignment.agreement = FEE
    scene.commit()
    reject_answer(desk_session, at.editor, at.answer.id, ALL_YES, "Nobody was asked.", at.seen, NOW)
    desk_session.commit()
    assert entries(scene) == []
    found = statement(scene, make_staff(scene, Role.MANAGER), THIS_MONTH, at.assignment.partner_id)
    assert [(one.kind, one.amount, one.counts) for one in found.lines] == [("rejected", Decimal("150.50"), False)]
    assert (found.hours, found.amounts) == (0, {})


def test_nothing_is_ever_booked_twice(scene: Session, partner) -> None:
    row = done(scene, partner)
    with pytest.raises(Exception, match="uq_ledger_entry_booked"):
        make_entry(scene, row)


def test_a_statement_has_all_of_one_month_and_adds_up_by_currency(scene: Session, partner, manager) -> None:
    done(scene, partner, number=1)
    done(scene, partner, FEE, number=2)
    row = done(scene, partner, Agreement(amount=Decimal(40), currency="CDF"), number=3)
    make_entry(scene, row, Agreement(amount=Decimal(-5), currency="CDF"), kind="adjusted", reason="Late")
    over(scene, partner, "released", number=4)
    over(scene, partner, "revoked", number=5)
    over(scene, partner, "revoked", answer="rejected", number=6)
    make_assignment(scene, partner, state="declined", closed_at=NOW, number=7)  # was never taken up
    make_entry(scene, over(scene, partner, "completed", number=8), day=date(2026, 4, 1))
    over(scene, partner, "released", closed_at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC), number=9)  # April here
    done(scene, make_partner(scene, name="Ailleurs"), number=10)
    found = statement(scene, manager, THIS_MONTH, partner.id)
    assert [(one.number, one.kind, one.counts) for one in found.lines] == [
        (1, "booked", True), (2, "booked", True), (3, "booked", True), (3, "adjusted", True), (4, "released", False),
        (5, "revoked", False), (6, "rejected", False),
    ]  # fmt: skip
    assert (found.hours, found.amounts) == (Decimal(8), {"CDF": Decimal(35), "EUR": Decimal("150.50")})
    everybody = statement(scene, manager, THIS_MONTH)
    assert [(one.lines[0].partner, one.hours) for one in everybody.by_partner()] == [("Ailleurs", 8), ("Relais", 8)]


def test_only_managers_read_it_at_the_desk_and_each_partner_its_own(
    at_work: AtWork, scene: Session, partner, manager
) -> None:
    researcher = make_researcher(scene, partner)
    done(scene, partner, number=1)
    over(scene, partner, "released", number=2)
    done(scene, make_partner(scene), number=3)
    scene.commit()
    with at_work(researcher) as session:
        assert [one.number for one in statement(session, researcher, THIS_MONTH).lines] == [1, 2]
        assert session.execute(text("select count(*) from ledger_entry")).scalar() == 1
    assert len(statement(scene, manager, THIS_MONTH).lines) == 3
    officer = make_staff(scene, Role.OFFICER)
    assert [one.counts for one in statement(scene, officer, THIS_MONTH).lines] == [False]


ADDED = (
    "insert into ledger_entry (id, partner_id, assignment_id, kind, day, currency, reason, at)"
    " select gen_random_uuid(), partner_id, assignment_id, 'adjusted', day, '', '', now() from ledger_entry"
)


@pytest.mark.parametrize(
    "tried",
    ["update ledger_entry set hours = 99", "delete from ledger_entry", ADDED, "select author_id from ledger_entry"],
)
def test_a_partner_writes_nothing_in_it(at_work: AtWork, scene: Session, partner, tried) -> None:
    researcher = make_researcher(scene, partner)
    done(scene, partner)
    scene.commit()
    with pytest.raises(ProgrammingError, match="permission denied"), at_work(researcher) as session:
        session.execute(text(tried))


def test_the_desk_adds_and_never_rewrites(at_desk: AtDesk, scene: Session, partner) -> None:
    done(scene, partner)
    scene.commit()
    with pytest.raises(ProgrammingError, match="permission denied"), at_desk() as session:
        session.execute(text("update ledger_entry set hours = 99"))


def test_a_manager_adjusts_with_a_reason_and_history_holds_no_word_of_it(
    at_desk: AtDesk, scene: Session, partner, manager
) -> None:
    row = over(scene, partner, "released")
    scene.commit()
    with at_desk() as session:
        adjust_ledger(session, manager, row.id, Agreement(hours=Decimal("2.5")), " The road. ", NOW, seen=0)
    assert entries(scene) == [("adjusted", Decimal("2.5"), None, "", NOW.date())]
    entry = scene.scalars(select(LedgerEntry)).one()
    assert (entry.reason, entry.author_id) == ("The road.", manager.id)
    told = scene.execute(select(Event.kind, Event.object_id, Event.codes)).all()
    assert [tuple(one) for one in told] == [("assignment.adjust_ledger", row.id, {})]
    account = task_account(scene, manager, row.id)
    assert (len(account.entries), account.adjustable) == (1, True)


@pytest.mark.parametrize(
    ("by", "reason", "fields"),
    [
        (Agreement(), "Why", {"hours"}),
        (MINUS_TWO, "  ", {"reason"}),
        (MINUS_TWO, "x" * 501, {"reason"}),
        (Agreement(hours=Decimal(0)), "Why", {"hours"}),
        (Agreement(hours=Decimal("0.001")), "Why", {"hours"}),
        (Agreement(hours=Decimal(5000)), "Why", {"hours"}),
        (Agreement(hours=Decimal(1), amount=Decimal(1), currency="EUR"), "Why", {"amount"}),
        (Agreement(amount=Decimal(1), currency="XYZ"), "", {"currency", "reason"}),
    ],
)
def test_what_cannot_be_adjusted_is_said_at_its_field(
    at_desk: AtDesk, scene, partner, manager, by, reason, fields
) -> None:
    row = done(scene, partner)
    scene.commit()
    with pytest.raises(Incomplete) as refused, at_desk() as session:
        adjust_ledger(session, manager, row.id, by, reason, NOW, seen=1)
    assert set(refused.value.problems) == fields


def test_only_managers_adjust_and_only_what_was_taken_up_and_is_over(at_desk: AtDesk, scene, partner, manager) -> None:
    finished = done(scene, partner)
    running = make_assignment(scene, partner, state="accepted", accepted_at=NOW)
    declined = make_assignment(scene, partner, state="declined", closed_at=NOW)
    officer = make_staff(scene, Role.OFFICER)
    scene.commit()
    for who, row, refusal in (
        (officer, finished, NotAllowed), (manager, running, OutOfTurn), (manager, declined, OutOfTurn),
    ):  # fmt: skip
        with pytest.raises(refusal), at_desk() as session:
            adjust_ledger(session, who, row.id, MINUS_TWO, "Why", NOW, seen=1)


def test_of_two_managers_at_once_the_second_sees_what_the_first_did(at_desk: AtDesk, scene, partner, manager) -> None:
    row, ready, refused = done(scene, partner), Barrier(2), []
    scene.commit()

    def adjust() -> None:
        try:
            with at_desk() as session:
                ready.wait(10)
                adjust_ledger(session, manager, row.id, MINUS_TWO, "Why", NOW, seen=1)
        except DoneMeanwhile as late:
            refused.append(late)

    threads = [Thread(target=adjust) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (len(refused), [one[0] for one in entries(scene)]) == (1, ["booked", "adjusted"])


def test_months_follow_one_another() -> None:
    december = Month(date(2026, 12, 1))
    assert (str(december.before), str(december), str(december.after)) == ("2026-11", "2026-12", "2027-01")
    assert december.after.before == december
    assert [str(Month.read(text, date(2026, 3, 9))) for text in ("2025-02", "2025-13", None, "x")] == [
        "2025-02", "2026-03", "2026-03", "2026-03",
    ]  # fmt: skip
