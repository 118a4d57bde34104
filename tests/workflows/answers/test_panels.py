"""What stands beside the text of a point: prices, contacts, how good a source is, and whether we may be named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from partner_portal.answer_form import PointPart
from partner_portal.answer_rows import ContactRow, PriceRow, SourceRow
from tests.factories import NOW, make_answer, make_assignment, make_partner, make_question, make_researcher
from tests.workspace import AtWork
from workflows.answers.content import credit_of, points_of
from workflows.answers.drafts import (
    NEVER_SHOWN,
    ROWS,
    AnswerDraft,
    ContactDraft,
    PointDraft,
    PriceDraft,
    SourceDraft,
    names_of,
)
from workflows.answers.models import Answer, Contact, Price, Revision, Source
from workflows.answers.partner import save_answer, submit_answer
from workflows.assignments.models import Assignment
from workflows.core.errors import Incomplete, NotFound

DAY = date(2026, 3, 9)
POINT = PointDraft("Q1", "Two of three had it.", "Kinshasa", DAY, "fairly_sure")
SOURCE = SourceDraft("Q1", kind="talk", label="Three pharmacists", dated=DAY, mode="in_person", consent="role")
PRICE = PriceDraft("Q1", what="One vial", amount="24 000 – 38 000", currency="cdf", unit="10 ml", day=DAY)
OPEN = ContactDraft("Q1", label="Registry of the town hall", may_publish=True, reach="Weekdays 8 to 12")
CLOSED = ContactDraft("Q1", label="A nurse", reach="Mrs Known, 0998 11 22 33")


@pytest.fixture
def partner(scene: Session):
    return make_partner(scene)


@pytest.fixture
def researcher(scene: Session, partner):
    return make_researcher(scene, partner)


@pytest.fixture
def work(scene: Session, partner) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), state="accepted", submit_by=DAY)
    make_answer(scene, row)
    scene.commit()
    return row


Save = Callable[..., None]


@pytest.fixture
def save(scene: Session, at_work: AtWork, researcher, work) -> Save:
    """Save a draft of the one point and its source with these rows, over whatever stands now."""

    def saved(**rows) -> None:
        version = scene.scalars(select(Answer.version).where(Answer.assignment_id == work.id)).one()
        with at_work(researcher) as session:
            draft = AnswerDraft(**{"points": (POINT,), "sources": (SOURCE,)} | rows)
            save_answer(session, researcher, work.id, version, draft, NOW)
        scene.expire_all()

    return saved


@pytest.fixture
def send(at_work: AtWork, researcher, work) -> Callable[[], None]:
    def sent() -> None:
        with at_work(researcher) as session:
            submit_answer(session, researcher, work.id, NOW)

    return sent


def rows(scene: Session, model: type) -> list:
    return list(scene.scalars(select(model).where(model.dropped.is_(False)).order_by(model.position)))


def problems(send: Callable[[], None]) -> list[str]:
    with pytest.raises(Incomplete) as refused:
        send()
    return [name.rpartition(".")[2] for name in refused.value.problems]


def test_the_form_has_the_names_of_the_draft_and_no_others() -> None:
    fields = {"sources": SourceRow, "prices": PriceRow, "contacts": ContactRow}
    for name, kind in ROWS.items():
        assert {*names_of(kind), "id"} == {field.short_name for field in fields[name]()}
        assert fields[name].makes is kind
    assert {*names_of(PointDraft), "code", *ROWS} == {field.short_name for field in PointPart()}
    assert all(field in names_of(ROWS[name]) for name, field in NEVER_SHOWN.items())


def test_a_price_is_kept_as_it_was_told(scene, save) -> None:
    save(prices=(PRICE, PriceDraft("Q1", what="Half a line")))
    price, half = rows(scene, Price)
    assert (price.what, price.amount, price.currency, price.unit, price.day) == (
        "One vial", "24 000 – 38 000", "CDF", "10 ml", DAY,
    )  # fmt: skip
    assert (half.what, half.amount, half.currency, half.day) == ("Half a line", "", "", None)


def test_a_price_that_is_not_named_again_is_dropped_and_can_come_back(scene, save) -> None:
    save(prices=(PRICE,))
    kept = replace(PRICE, id=rows(scene, Price)[0].id, amount="25 000")
    save()
    assert rows(scene, Price) == []
    save(prices=(kept,))
    assert [(row.id, row.amount) for row in rows(scene, Price)] == [(kept.id, "25 000")]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (replace(PRICE, what=""), "what"),
        (replace(PRICE, amount=""), "amount"),
        (replace(PRICE, amount="about ten"), "amount"),
        (replace(PRICE, amount="400-250"), "amount"),
        (replace(PRICE, amount="28,000 – 25,000"), "amount"),
        (replace(PRICE, amount="١٫٥–٠٫٥"), "amount"),
        (replace(PRICE, amount="٢٨٬٠٠٠-٩٠٠"), "amount"),
        (replace(PRICE, currency="FC"), "currency"),
        (replace(PRICE, day=None), "day"),
        (replace(PRICE, day=date(2026, 3, 11)), "day"),
        (replace(PRICE, unit="x" * 501), "unit"),
    ],
)
def test_each_gap_of_a_price_is_named(save, send, row, field) -> None:
    save(prices=(row,))
    assert problems(send) == [field]


FIGURES = (
    "12", "28,000", "28 000", "1.250,50", "250–400", "250 - 400", "1’200", "250-250", "900–1 100", "1.500-2", "1,000-1,000,000",
    "٢٨٠", "٢٨٬٠٠٠", "١٬٢٥٠٫٥٠", "٢٨،٠٠٠", "٢٥٠ – ٤٠٠", "٩٠٠-١٬٢٠٠", "1.", "1,,2",
)  # fmt: skip


@pytest.mark.parametrize("amount", FIGURES)
def test_a_figure_is_read_as_people_write_it(save, send, amount) -> None:
    save(prices=(replace(PRICE, amount=amount),))
    send()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("٦٠٠–٩٠٠", "600–900"), ("١٬٢٥٠٫٥٠", "1٬250٫50"), ("۱۲", "12"), ("1’200", "1’200"), ("about ten", "about ten")],
)
def test_the_figures_of_a_price_are_kept_in_digits_that_everybody_reads(scene, save, typed, kept) -> None:
    save(prices=(replace(PRICE, amount=typed),))
    assert scene.scalars(select(Price.amount)).one() == kept


@pytest.mark.parametrize(
    "strange",
    [
        {"prices": (replace(PRICE, point_code="Q9"),)},
        {"contacts": (replace(OPEN, point_code="Q9"),)},
        {"prices": (PRICE,) * 61},
        {"contacts": (OPEN,) * 21},
        {"credit": "by name"},
    ],
)
def test_what_no_form_offers_is_refused_before_anything_changes(scene, save, strange) -> None:
    with pytest.raises(Incomplete):
        save(**strange)
    assert rows(scene, Source) == []


def test_how_to_reach_a_contact_stays_open_with_consent_alone(scene, save, at_work, researcher) -> None:
    save(contacts=(OPEN, CLOSED))
    open_one, closed = rows(scene, Contact)
    assert (open_one.reach, open_one.keeps_reach, open_one.reach_sealed) == ("Weekdays 8 to 12", False, None)
    assert (closed.reach, closed.keeps_reach, closed.may_publish) == ("", True, False)
    assert b"Known" not in closed.reach_sealed
    assert closed.restricted_reach == "Mrs Known, 0998 11 22 33"
    with pytest.raises(ProgrammingError, match="permission denied"), at_work(researcher) as session:
        session.scalars(select(Contact.reach_sealed)).all()


def test_a_sealed_contact_saved_again_stays_as_it_is_and_retyped_is_another(scene, save) -> None:
    save(contacts=(CLOSED,))
    first = rows(scene, Contact)[0]
    again = replace(CLOSED, id=first.id, label="A head nurse", reach="")
    save(contacts=(again,))
    (kept,) = rows(scene, Contact)
    assert (kept.id, kept.label, kept.restricted_reach) == (first.id, "A head nurse", CLOSED.reach)
    save(contacts=(replace(again, reach="Mr Other, 0997"),))
    (other,) = rows(scene, Contact)
    assert (other.id == first.id, other.restricted_reach) == (False, "Mr Other, 0997")


def test_a_consent_taken_back_seals_what_was_open_and_leaves_nothing_readable(scene, save) -> None:
    save(contacts=(OPEN,))
    before = rows(scene, Contact)[0].id
    save(contacts=(replace(OPEN, id=before, may_publish=False),))
    (closed,) = rows(scene, Contact)
    assert (closed.reach, closed.restricted_reach) == ("", "Weekdays 8 to 12")
    assert set(scene.scalars(select(Contact.reach))) == {""}


def test_a_consent_given_later_wants_it_typed_again(scene, save, send) -> None:
    save(contacts=(CLOSED,))
    agreed = replace(CLOSED, id=rows(scene, Contact)[0].id, may_publish=True, reach="")
    save(contacts=(agreed,))
    assert problems(send) == ["reach"]
    save(contacts=(replace(agreed, reach="Ward 3, mornings"),))
    (row,) = rows(scene, Contact)
    assert (row.reach, row.keeps_reach) == ("Ward 3, mornings", False)
    send()


@pytest.mark.parametrize(
    ("row", "field"),
    [(replace(OPEN, label=""), "label"), (replace(OPEN, reach=""), "reach"), (replace(CLOSED, reach=""), "reach"),
     (replace(OPEN, reach="x" * 501), "reach")],
)  # fmt: skip
def test_each_gap_of_a_contact_is_named(save, send, row, field) -> None:
    save(contacts=(row,))
    assert problems(send) == [field]


def test_anothers_price_or_contact_cannot_be_taken_over(scene, save) -> None:
    other = make_answer(scene, make_assignment(scene, state="accepted"))
    common = {"answer_id": other.id, "position": 1, "point_code": "Q1", "dropped": False}
    price = Price(what="Theirs", amount="1", currency="USD", unit="", **common)
    contact = Contact(label="Theirs", may_publish=True, reach="x", keeps_reach=False, **common)
    scene.add_all([price, contact])
    scene.commit()
    for foreign in ({"prices": (replace(PRICE, id=price.id),)}, {"contacts": (replace(OPEN, id=contact.id),)}):
        with pytest.raises(NotFound):
            save(**foreign)
    assert (price.what, contact.label) == ("Theirs", "Theirs")


def test_everything_is_frozen_and_read_again_without_what_is_sealed(scene, save, send) -> None:
    assessed = replace(SOURCE, assessment_who="Pharmacists", assessment_when="That week", independence="B")
    save(sources=(assessed,), prices=(PRICE,), contacts=(OPEN, CLOSED), credit="organisation")
    send()
    content = scene.scalars(select(Revision.content)).one()
    assert "Known" not in str(content)
    (point,) = points_of(content)
    (source,), (price,) = point.sources, point.prices
    assert (source.assessment_who, source.assessment_when, source.independence) == ("Pharmacists", "That week", "B")
    assert (price.amount, price.currency, price.day) == ("24 000 – 38 000", "CDF", DAY)
    assert [(one.label, one.reach, one.keeps_reach) for one in point.contacts] == [
        ("Registry of the town hall", "Weekdays 8 to 12", False), ("A nurse", "", True),
    ]  # fmt: skip
    assert {one.id for one in point.contacts} == set(scene.scalars(select(Contact.id)))
    assert credit_of(content) == "organisation"


def test_nobody_is_named_unless_they_say_so(scene, save) -> None:
    save()
    assert scene.scalars(select(Answer.credit)).one() == "anonymous"
    save(credit="organisation")
    save()
    assert scene.scalars(select(Answer.credit)).one() == "organisation"


def test_a_revision_from_before_there_were_prices_is_still_read() -> None:
    old = {"points": [{"code": "Q1", "text": "a", "place": "b", "information_date": None, "confidence": None,
                       "not_found": False, "searched_where": ""}],
           "sources": [{"id": None, "point_code": "Q1", "kind": "talk", "label": "x", "dated": "2026-03-09",
                        "mode": "phone", "consent": "role", "keeps_identity": False}]}  # fmt: skip
    (point,) = points_of(old)
    assert (point.prices, point.contacts, point.sources[0].independence) == ((), (), "")
    assert credit_of(old) == "anonymous"


def test_an_assessment_that_is_too_long_is_named(save, send) -> None:
    save(sources=(replace(SOURCE, assessment_why="x" * 501),))
    assert problems(send) == ["assessment_why"]


def test_a_sealed_contact_is_not_reached_by_writing_over_it(at_work, researcher, save) -> None:
    save(contacts=(CLOSED,))
    with pytest.raises(ProgrammingError, match="permission denied"), at_work(researcher) as session:
        session.execute(update(Contact).values(reach_sealed=b"x"))


def test_no_identity_and_no_contact_is_told_by_a_draft_in_a_log() -> None:
    shown = repr(AnswerDraft((POINT,), (replace(SOURCE, identity="Mrs Known"),), contacts=(CLOSED,)))
    assert "Known" not in shown
