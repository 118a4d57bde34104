"""The parts of a panel that are rarely used: folded, added and removed without a script, and never given back open."""

import gzip
import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOW, make_answer, make_assignment, make_researcher
from workflows.answers.models import Answer, AnswerPoint, Contact, Price, ReviewComment, Source
from workflows.assignments.models import Assignment

SECRET = "Mrs Known, 0998 11 22 33"
DAY = ["9", "3", "2026"]


pytestmark = pytest.mark.usefixtures("stopped")


def typed(version: int = 1, **more: Any) -> dict[str, Any]:
    """One point with its source, and whatever else is typed by name."""
    point = {"code": "Q1", "text": "Two of three had it.", "place": "Kinshasa", "information_date": DAY,
             "confidence": "fairly_sure"}  # fmt: skip
    source = {"kind": "talk", "label": "Three pharmacists", "dated": DAY, "mode": "in_person", "consent": "role"}
    fields = {f"points-0-{name}": value for name, value in point.items()} | listed("sources", **source)
    return {"version": str(version), "credit": "anonymous", "note": ""} | fields | more


def listed(name: str, number: int = 0, **values: Any) -> dict[str, Any]:
    return {f"points-0-{name}-{number}-{field}": value for field, value in values.items()}


PRICE = listed("prices", what="One vial", amount="28,000", currency="CDF", unit="10 ml", day=DAY)
OPEN = listed("contacts", label="The registry", may_publish="y", reach="Weekdays 8 to 12")
CLOSED = listed("contacts", 1, label="A nurse", reach=SECRET)


def send_to(work: Assignment) -> str:
    return f"/w/t/{work.id}/answer"


def page_of(work: Assignment) -> str:
    return f"/w/t/{work.id}"


def stored(scene: Session, model: Any) -> list[Any]:
    scene.expire_all()
    return list(scene.scalars(select(model).where(model.dropped.is_(False)).order_by(model.position)))


def test_prices_and_contacts_are_folded_until_something_is_in_them(work, browser) -> None:
    fresh = browser.get(page_of(work)).text
    assert '<details id="points-0-prices">' in fresh
    assert '<details id="points-0-contacts">' in fresh
    browser.post(send_to(work), typed(**PRICE))
    written = browser.get(page_of(work)).text
    assert '<details id="points-0-prices" open>' in written
    assert "One vial 28,000 CDF" in written


@pytest.mark.parametrize("name", ["sources", "prices", "contacts"])
def test_adding_a_row_keeps_everything_that_was_typed(scene, work, browser, name) -> None:
    answer = browser.post(send_to(work), typed(add=f"points-0-{name}", **PRICE, **OPEN))
    assert answer.headers["Location"].endswith(f"?more=points-0-{name}#points-0-{name}-1")
    page = browser.get(answer.headers["Location"]).text
    assert f'id="points-0-{name}-1-id"' in page
    assert f'id="points-0-{name}-2-id"' not in page
    assert (len(stored(scene, Source)), len(stored(scene, Price)), len(stored(scene, Contact))) == (1, 1, 1)
    assert scene.scalars(select(AnswerPoint.text)).one() == "Two of three had it."


def test_removing_a_row_keeps_the_rest(scene, work, browser) -> None:
    more = listed("prices", 1, what="A meter", amount="20", currency="USD")
    answer = browser.post(send_to(work), typed(remove="points-0-prices-0", **PRICE, **more))
    assert answer.headers["Location"].endswith("#points-0-prices")
    assert [row.what for row in stored(scene, Price)] == ["A meter"]


def test_a_sealed_contact_is_never_shown_again_and_an_open_one_is(scene, work, browser) -> None:
    browser.post(send_to(work), typed(**OPEN, **CLOSED))
    page = browser.get(page_of(work)).text
    assert SECRET not in page
    assert "Weekdays 8 to 12" in page
    assert "Kept, sealed." in page
    first, second = stored(scene, Contact)
    again = typed(2, **OPEN, **CLOSED) | listed("contacts", id=first.id) | listed("contacts", 1, id=second.id, reach="")
    browser.post(send_to(work), again)
    kept = stored(scene, Contact)
    assert [row.id for row in kept] == [first.id, second.id]
    assert kept[1].restricted_reach == SECRET


def test_what_is_missing_in_a_row_is_said_beside_its_field_and_the_row_stands_open(work, browser) -> None:
    broken = listed("prices", what="One vial", amount="much", currency="FC", day=DAY)
    answer = browser.post(send_to(work), typed(send="1", **broken))
    assert answer.status_code == 422
    assert 'href="#points-0-prices-0-amount"' in answer.text
    assert 'id="points-0-prices-0-currency-error"' in answer.text
    assert "Q1, price 1: Amount" in answer.text
    assert '<details class="card" id="points-0-prices-0" open>\n  <summary><b>Price 1</b>' in answer.text


@pytest.mark.parametrize("searched", [{}, {"points-0-not_found": "y"}])
def test_what_is_missing_is_listed_in_the_order_of_the_page(work, browser, searched: dict) -> None:
    bare = {f"points-0-{name}": "" for name in ("text", "place", "confidence")}
    bare |= {"points-0-information_date": ["", "", ""], "credit": "", "note": "x" * 4_001}
    rows = listed("sources", label="x", kind="", dated=["", "", ""], mode="", consent="", assessment_who="x" * 501)
    rows |= listed("prices", unit="a month") | listed("contacts", reach="12")
    page = browser.post(send_to(work), typed(send="1") | bare | rows | searched).text
    listing, rest = page.split('id="errors"')[1].split("</ul>", 1)
    named = re.findall(r'href="#([^"]+)"', listing)
    places = [rest.index(f'id="{name}"') for name in named]
    assert (len(named) > 8, places) == (True, sorted(places))


def test_a_half_typed_day_of_a_price_is_shown_again_and_the_rest_is_kept(scene, work, browser) -> None:
    answer = browser.post(send_to(work), typed(**PRICE | listed("prices", day=["31", "2", "2026"]), **CLOSED))
    assert answer.status_code == 422
    assert 'name="points-0-prices-0-day" value="31"' in answer.text
    assert SECRET not in answer.text
    assert (stored(scene, Price)[0].day, stored(scene, Contact)[0].restricted_reach) == (None, SECRET)


def test_two_colleagues_see_both_prices_contacts_and_wishes_but_nothing_sealed(scene, work, browser) -> None:
    browser.post(send_to(work), typed(**PRICE, **OPEN, credit="organisation"))
    mine = typed(1, **PRICE | listed("prices", amount="30,000"), **CLOSED)
    answer = browser.post(send_to(work), mine)
    assert answer.status_code == 409
    conflict = answer.text.split('id="answer"')[0]
    for words in ("28,000 CDF", "30,000 CDF", "may be published Weekdays 8 to 12", "sealed typed anew",
                  "The organisation may be named", "Stay anonymous"):  # fmt: skip
        assert words in conflict
    assert SECRET not in conflict
    assert SECRET in answer.text  # in its field, to be saved over the other
    assert stored(scene, Price)[0].amount == "28,000"


def test_whether_the_organisation_may_be_named_is_kept(scene, work, browser) -> None:
    assert re.search(r'<input checked[^>]*value="anonymous"', browser.get(page_of(work)).text)
    browser.post(send_to(work), typed(credit="organisation"))
    assert scene.scalars(select(Answer.credit)).one() == "organisation"
    assert re.search(r'<input checked[^>]*value="organisation"', browser.get(page_of(work)).text)


def test_what_was_sent_shows_its_prices_and_contacts_without_what_is_sealed(work, browser) -> None:
    browser.post(send_to(work), typed(**PRICE, **OPEN, **CLOSED, send="1"))
    page = browser.get(page_of(work)).text
    for words in ("28,000 CDF", "Weekdays 8 to 12", "kept, sealed", "Stay anonymous"):
        assert words in page
    assert SECRET not in page


def test_a_price_of_another_answer_is_not_found(scene, work, browser) -> None:
    other = make_answer(scene, make_assignment(scene, state="accepted"))
    theirs = Price(answer_id=other.id, position=1, point_code="Q1", what="Theirs", amount="1", currency="USD", unit="",
                   dropped=False)  # fmt: skip
    scene.add(theirs)
    scene.commit()
    assert browser.post(send_to(work), typed(**PRICE | listed("prices", id=theirs.id))).status_code == 404


def test_the_page_of_a_task_is_light(scene, partner, portal) -> None:
    """Six points, each with a source, a price and a contact: what the widest line can carry at 400 kbit/s."""
    points = tuple(f"What does room number {number} cost, and who lets it to whom?" for number in range(1, 7))
    work = make_assignment(scene, partner, points=points, state="accepted", submit_by=date(2026, 3, 24))
    answer = make_answer(scene, work)
    common = {"answer_id": answer.id, "dropped": False}
    for place in range(1, 7):
        if place > 1:
            scene.add(AnswerPoint(answer_id=answer.id, code=f"Q{place}", position=place, text="", place="",
                                  not_found=False, searched_where=""))  # fmt: skip
        row = common | {"position": place, "point_code": f"Q{place}"}
        scene.add_all([
            Source(kind="talk", label=f"Letting agents {place}", dated=NOW.date(), mode="phone", consent="role",
                   keeps_identity=False, **row),
            Price(what=f"A room {place}", amount="40", currency="USD", unit="a month", day=NOW.date(), **row),
            Contact(label=f"Office {place}", may_publish=True, reach="Mornings", keeps_reach=False, **row),
        ])  # fmt: skip
    researcher = make_researcher(scene, partner, language="en")
    scene.commit()
    page = portal.sign_in(researcher.id).get(page_of(work))
    assert page.text.count('class="q"') == 6
    assert len(gzip.compress(page.data)) <= 12_000


def how_far(page: str) -> str:
    """The one step of Q1 that is shown in the list of points."""
    steps = page.split('data-far="Q1"')[1].split("</li>", maxsplit=1)[0]
    (shown,) = re.findall(r'data-step="(\w+)">', steps)
    return shown


@pytest.mark.parametrize("change", [
    {"points-0-text": "All three had it."}, {"points-0-sources-0-label": "Four pharmacists"},
    listed("prices", what="A pen", amount="9", currency="CDF", unit="", day=DAY),
])  # fmt: skip
def test_a_point_that_was_sent_back_is_not_done_before_something_in_it_was_changed(
    scene, work, browser, change
) -> None:
    assert browser.post(send_to(work), typed(send="1", anyway="1")).status_code == 303
    answer = scene.scalars(select(Answer).execution_options(populate_existing=True)).one()
    answer.state, answer.round = "returned", 2
    scene.add(ReviewComment(answer_id=answer.id, round=1, point_code="Q1", text="Name the shops.", at=NOW))
    scene.commit()
    assert how_far(browser.get(page_of(work)).text) == "back"
    kept = {"points-0-sources-0-id": str(scene.scalars(select(Source.id)).one())}
    page = browser.post(send_to(work), typed(answer.version) | kept, follow_redirects=True)
    assert how_far(page.text) == "back"
    scene.expire_all()
    changed = typed(scene.scalars(select(Answer.version)).one()) | kept | change
    assert how_far(browser.post(send_to(work), changed, follow_redirects=True).text) == "done"


def test_all_that_a_send_misses_is_said_at_once_with_the_date_that_cannot_be_read(work, browser) -> None:
    unread = {"points-0-information_date": ["31", "2", "2026"], "points-0-sources-0-dated": ["", "", ""]}
    page = browser.post(send_to(work), typed(send="1", **PRICE | {"points-0-prices-0-amount": "some"}, **unread)).text
    for said in ("This date does not exist", "Write the price in figures", "Say when you saw or heard it."):
        assert page.count(said) >= 2, said
    assert "Say on which day this was true." not in page
    saved = browser.post(send_to(work), typed(2, **PRICE | {"points-0-prices-0-amount": "some"}, **unread)).text
    assert "This date does not exist" in saved
    assert "Write the price in figures" not in saved
