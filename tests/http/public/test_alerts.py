"""Letters about what is new: asked for by anybody, agreed to by the owner of the address, ended by one press."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from config import policy
from tests.held_back import leads_to_why
from tests.published import make_published
from tests.subscribers import GUINEA, asking, letters, link_in, make_subscriber
from workflows.core import clock
from workflows.subscribers.models import Subscriber, Subscription
from workflows.subscribers.tokens import token_of

ASKED = "/en/alerts/sent"


def subscribers(scene) -> list[Subscriber]:
    scene.rollback()
    scene.expire_all()
    return list(scene.scalars(select(Subscriber).order_by(Subscriber.asked_at)))


def lines(scene) -> set[tuple[str, str, bool]]:
    scene.rollback()
    scene.expire_all()
    return {(one.country, one.topic, one.confirmed_at is not None) for one in scene.scalars(select(Subscription))}


def sent_back(page: str, **changes) -> dict:
    """The form of the list as a browser sends it."""
    kept = re.findall(r'<input[^>]*checked[^>]*name="kept"[^>]*value="([^"]+)"', page)
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', page)[1]
    return {"shown": shown, "kept": kept, "country": "", "topic": "", "language": "en"} | changes


@pytest.fixture
def guinea(scene):
    ref = make_published(scene, country="GIN", language="en", title="Rooms in Conakry", ref="GIN-HOU-0001",
                         topic_group="HOU", topics=["HOU-rent"])  # fmt: skip
    scene.commit()
    return ref


@pytest.mark.parametrize(
    ("page", "form"),
    [("c/GIN", "country=GIN"), ("c/GIN/HEA", "country=GIN&amp;topic=HEA"), ("e/GIN-HOU-0001", "country=GIN"),
     ("search?country=GIN&topic=HOU", "country=GIN&amp;topic=HOU"), ("search?country=GIN&country=COD", "")],
)  # fmt: skip
def test_every_page_that_offers_a_feed_leads_to_the_form_about_the_same(public, guinea, page, form):
    assert f'href="/en/alerts{"?" if form else ""}{form}"' in public.get(f"/en/{page}").text


@pytest.mark.parametrize("lang", ["en", "fr", "nl", "ar"])
def test_the_form_begins_with_what_the_page_was_about(public, lang):
    page = public.get(f"/{lang}/alerts?country=GIN&topic=HEA").text
    assert '<option selected value="GIN">' in page
    assert '<option selected value="HEA">' in page
    assert f'<option selected value="{lang}">' in page
    assert "no-store" in public.get(f"/{lang}/alerts").headers["Cache-Control"]


def test_from_the_form_to_news_and_to_the_end(public, scene, world, set_clock):
    answer = public.post("/en/alerts", asking(public, topic="HEA"))
    assert (answer.status_code, answer.headers["Location"]) == (303, ASKED)
    [letter] = letters(world)
    assert (letter["To"], letter["Subject"]) == ("amina@example.org", "Please confirm your address")
    link = link_in(letter)
    page = public.get(link).text
    assert "Guinea · Health" in page
    assert lines(scene) == {("GIN", "HEA", False)}
    public.post(link, sent_back(page))
    assert lines(scene) == {("GIN", "HEA", True)}
    public.post(f"{link}/stop")
    assert (subscribers(scene), lines(scene)) == ([], set())
    assert public.get(link).status_code == 404


def test_what_is_kept_of_an_address_is_closed_and_found_by_a_digest(public, scene):
    public.post("/fr/alerts", asking(public, "Amina@Example.org", language="fr"))
    [row] = subscribers(scene)
    assert (row.address, row.language, row.told_before) == ("Amina@Example.org", "fr", None)
    assert b"mina" not in row.address_sealed + row.address_hash + row.token_hash
    public.post("/fr/alerts", asking(public, "amina@example.org", country="COD"))
    assert len(subscribers(scene)) == 1
    assert lines(scene) == {("GIN", "", False), ("COD", "", False)}


def test_nothing_tells_whether_an_address_follows_already(public, scene):
    make_subscriber(scene, GUINEA, address="known@example.org")
    scene.commit()
    answers, work = [], []
    for address in ("known@example.org", "unknown@example.org"):
        with public.statements() as seen:
            answers.append(public.post("/en/alerts", asking(public, address)))
        work.append(seen)
    known, unknown = ((one.status_code, one.headers["Location"], one.data) for one in answers)
    assert known == unknown
    assert work[0] == work[1]


def test_a_stranger_changes_nothing_of_what_somebody_follows(public, scene, world, set_clock):
    before = make_subscriber(scene, GUINEA, address="known@example.org", language="nl")
    scene.commit()
    public.post("/en/alerts", asking(public, "known@example.org", country="COD"))
    [after] = subscribers(scene)
    assert (after.id, after.language, after.told_before) == (before.id, "nl", before.told_before)
    assert lines(scene) == {("GIN", "", True), ("COD", "", False)}
    [letter] = letters(world)
    assert letter["Content-Language"] == "nl"
    page = public.get(link_in(letter)).text
    assert "Nog niet bevestigd" in page


def test_an_address_is_written_to_once_a_day_however_often_it_is_typed(public, scene, world, set_clock):
    for country in ("GIN", "COD", "GIN"):
        public.post("/en/alerts", asking(public, country=country))
    assert len(letters(world)) == 1
    public.post("/en/alerts", asking(public, country="MAR"))
    assert len(letters(world)) == 1
    set_clock(clock.now() + timedelta(days=1, minutes=1))
    assert len(letters(world)) == 2


def test_whoever_erased_the_address_is_not_written_to_again_on_the_same_day(public, scene, world, set_clock):
    public.post("/en/alerts", asking(public))
    [letter] = letters(world)
    public.post(f"{link_in(letter)}/stop")
    public.post("/en/alerts", asking(public))
    assert len(letters(world)) == 1


def test_a_letter_that_became_needless_by_agreeing_does_not_come(public, scene, world, set_clock):
    for country in ("GIN", "COD"):
        public.post("/en/alerts", asking(public, country=country))
        letters(world)
    page = public.get(link := link_in(letters(world)[0])).text
    public.post(link, sent_back(page))
    set_clock(clock.now() + timedelta(days=1, minutes=1))
    assert len(letters(world)) == 1
    assert {one.letter_at for one in subscribers(scene)} == {None}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "amina"}, "Check the e-mail address"),
        ({"email": "a@b.org, c@d.org"}, "Check the e-mail address"),
        ({"email": "a@localhost"}, "Check the e-mail address"),
        ({"email": f"{'a' * 260}@b.org"}, "Check the e-mail address"),
        ({"email": "a@b.org\r\nBcc: c@d.org"}, "Check the e-mail address"),
        ({"country": ""}, "Choose a country, a topic, or both."),
        ({"country": "XXX"}, "Choose a country, a topic, or both."),
        ({"topic": "HEA-nothing"}, "Choose a country, a topic, or both."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(public, scene, wrong, said):
    answer = public.post("/en/alerts", asking(public, **wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert wrong.get("email") is None or wrong["email"].split("\r")[0] in answer.text
    assert subscribers(scene) == []


@pytest.mark.parametrize("machine", [{"website": "x"}, {"ticket": "forged"}])
def test_a_machine_sends_nothing_and_a_person_presses_once_more(public, scene, machine):
    answer = public.post("/en/alerts", asking(public, **machine))
    assert answer.status_code == 422
    assert "Please press the button once more" in answer.text
    assert "That was very fast" not in answer.text
    assert leads_to_why(answer.text)
    assert subscribers(scene) == []


def test_a_network_that_sends_many_waits_and_keeps_what_was_typed(public, scene):
    answers = [public.post("/en/alerts", asking(public, f"a{number}@example.org")) for number in range(11)]
    assert [one.status_code for one in answers] == [303] * 10 + [429]
    assert "a10@example.org" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_only_what_is_ticked_is_followed_and_nothing_that_was_not_seen(public, scene):
    row = make_subscriber(scene, waiting=(GUINEA, ("COD", "")))
    scene.commit()
    link = f"/en/alerts/{token_of(row.id)}"
    page = public.get(link).text
    scene.add(Subscription(subscriber_id=row.id, country="MAR", topic="", asked_at=clock.now()))
    scene.commit()
    form = sent_back(page)
    assert len(form["kept"]) == 2
    guinea = re.search(r'value="([^"]+)"[^>]*><span>Guinea', page)[1]
    public.post(link, form | {"kept": [guinea]})
    assert lines(scene) == {("GIN", "", True), ("MAR", "", False)}


def test_the_list_takes_one_more_and_another_language(public, scene):
    row = make_subscriber(scene, GUINEA)
    scene.commit()
    link = f"/en/alerts/{token_of(row.id)}"
    public.post(link, sent_back(public.get(link).text, topic="HEA-medicines", language="ar"))
    assert lines(scene) == {("GIN", "", True), ("", "HEA-medicines", True)}
    assert subscribers(scene)[0].language == "ar"
    wrong = public.post(link, sent_back(public.get(link).text, country="XXX"))
    assert wrong.status_code == 422


def test_nothing_left_is_nothing_kept(public, scene):
    row = make_subscriber(scene, GUINEA)
    scene.commit()
    link = f"/en/alerts/{token_of(row.id)}"
    answer = public.post(link, sent_back(public.get(link).text, kept=[]))
    assert "Your address is erased" in answer.text
    assert subscribers(scene) == []


def test_an_address_follows_so_much_and_no_more(public, scene):
    many = tuple(("", f"T{number}") for number in range(policy.FOLLOWED_MOST))
    make_subscriber(scene, *many, address="much@example.org")
    scene.commit()
    assert public.post("/en/alerts", asking(public, "much@example.org")).status_code == 303
    assert len(lines(scene)) == policy.FOLLOWED_MOST


def test_looking_stops_nothing_and_pressing_does_without_a_form_of_ours(public, scene):
    row = make_subscriber(scene, GUINEA)
    other = make_subscriber(scene, GUINEA)
    scene.commit()
    link = f"/en/alerts/{token_of(row.id)}/stop"
    assert "Stop all letters?" in public.get(link).text
    assert len(subscribers(scene)) == 2
    for _ in range(2):  # a mail program may press twice
        answer = public.client.post(link, data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "Your address is erased" in answer.text) == (200, True)
    assert [one.id for one in subscribers(scene)] == [other.id]


def test_the_page_says_what_is_new_corrected_and_taken_back(public, scene):
    today = clock.today()
    make_published(scene, country="GIN", title="Rooms in Conakry", published_on=today)
    make_published(scene, country="GIN", title="Old rent", published_on=today - timedelta(days=40))
    make_published(scene, country="COD", title="Not followed", published_on=today)
    gone = make_published(scene, country="GIN", title="False words", state="retracted", notice="It was false.",
                          changed_on=today)  # fmt: skip
    make_published(scene, country="GIN", title="Buses to Boké", state="withdrawn", notice="We asked nobody.",
                   changed_on=today)  # fmt: skip
    row = make_subscriber(scene, GUINEA)
    scene.commit()
    page = public.get(f"/en/alerts/{token_of(row.id)}").text
    assert "Buses to Boké" in page
    assert "Rooms in Conakry" in page
    assert gone in page
    assert "Retracted" in page
    assert "It was false." in page
    for absent in ("Old rent", "Not followed", "False words"):
        assert absent not in page


@pytest.mark.parametrize("number", [3, 300])
def test_the_list_costs_the_same_however_much_there_is(public, scene, number):
    for _ in range(number):
        make_published(scene, country="GIN", published_on=clock.today())
    row = make_subscriber(scene, *(("", f"T{one}") for one in range(min(number, 19))), GUINEA)
    scene.commit()
    public.get("/en/alerts")
    with public.statements() as seen:
        assert public.get(f"/en/alerts/{token_of(row.id)}").status_code == 200
    assert len(seen) <= 3


def test_an_unknown_token_is_not_found(public):
    for path in ("", "/stop"):
        assert public.get(f"/en/alerts/{'x' * 43}{path}").status_code == 404
    assert public.post(f"/en/alerts/{'x' * 43}", {"shown": "", "kept": []}).status_code == 404


def test_a_link_to_a_list_that_was_stopped_says_that_this_is_done(public, scene):
    row = make_subscriber(scene, GUINEA)
    scene.commit()
    link = f"/fr/alerts/{token_of(row.id)}"
    assert public.post(f"{link}/stop").status_code == 200
    for path in (link, f"{link}/stop"):
        answer = public.get(path)
        assert answer.status_code == 404
        assert "votre adresse est effacée" in answer.text
        assert 'href="/fr/alerts"' in answer.text


def test_search_engines_stay_out(public):
    assert "Disallow: /ar/alerts" in public.get("/robots.txt").text
    assert 'content="noindex"' in public.get("/en/alerts").text
