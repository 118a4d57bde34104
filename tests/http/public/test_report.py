"""Saying that something is wrong with a text: anybody, without a name; sealed, once, and not by machines."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from config import policy
from tests.held_back import leads_to_why
from tests.published import make_published
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.events import Event, Outbox
from workflows.excerpts.report_models import ReaderReport

TOLD = "The deposit is two months, not three: zebra."


@pytest.fixture
def ref(scene) -> str:
    made = make_published(scene, versions=2)
    scene.commit()
    return made


@pytest.fixture
def reporting(public):
    """A whole form that was open for a minute; a value of None leaves the field out."""

    def fill(**changes):
        with public.app.app_context():
            ticket = Ticket.issue(clock.now() - timedelta(minutes=1)).sign()
        form = {"ticket": ticket, "reason": "wrong", "text": TOLD, "website": ""} | changes
        return {name: value for name, value in form.items() if value is not None}

    return fill


def reports(scene) -> list[ReaderReport]:
    scene.expire_all()
    return list(scene.scalars(select(ReaderReport)))


@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_every_text_leads_to_its_form(public, ref, lang):
    assert f'href="/{lang}/report/{ref}"' in public.get(f"/{lang}/e/{ref}").text
    page = public.get(f"/{lang}/report/{ref}")
    assert page.status_code == 200
    assert 'content="noindex"' in page.text


def test_the_trap_is_seen_by_machines_only(public, ref):
    page = public.get(f"/en/report/{ref}").text
    assert '<div class="vh" aria-hidden="true"><label for="website">' in page


def test_opening_the_form_changes_nothing(public, scene, ref):
    public.get(f"/en/report/{ref}?reason=wrong&text=x")
    assert reports(scene) == []


def test_a_report_reaches_the_editors_sealed(public, scene, ref, reporting):
    answer = public.post(f"/en/report/{ref}", reporting())
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/en/report/{ref}/sent")
    for _ in range(2):  # loading the word of thanks again sends nothing
        assert "Thank you" in public.get(answer.headers["Location"]).text
    [report] = reports(scene)
    assert (report.ref, report.number, report.reason, report.state) == (ref, 2, "wrong", "received")
    assert report.text == TOLD
    assert b"zebra" not in report.text_sealed
    event = scene.scalars(select(Event)).one()
    assert (event.kind, event.actor_kind, event.actor_id) == ("reader_report.open", "visitor", None)
    assert TOLD not in str(event.codes)
    assert scene.scalars(select(Outbox.event_id)).all() == [event.id]


def test_personal_data_is_told_at_once_as_well(public, scene, ref, reporting):
    public.post(f"/en/report/{ref}", reporting(reason="personal", text=""))
    kinds = set(scene.scalars(select(Event.kind).join(Outbox, Outbox.event_id == Event.id)))
    assert kinds == {"reader_report.open", "reader_report.personal"}
    assert reports(scene)[0].text_sealed is None


def test_sent_twice_it_is_one_report(public, scene, ref, reporting):
    form = reporting()
    for _ in range(2):
        assert public.post(f"/en/report/{ref}", form).status_code == 303
    assert len(reports(scene)) == 1
    assert len(scene.scalars(select(Event)).all()) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": None}, "Choose what you found."),
        ({"reason": "spite"}, "Choose what you found."),
        ({"text": "x" * (policy.REPORT_TEXT_MAX + 1)}, "This is too long."),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_what_was_typed_stays(public, scene, ref, reporting, changes, words):
    form = reporting(**changes)
    page = public.post(f"/en/report/{ref}", form)
    assert page.status_code == 422
    assert page.text.count(words) == 2
    assert form["text"] in page.text
    assert reports(scene) == []


def test_a_machine_is_politely_asked_again(public, scene, ref, reporting):
    with public.app.app_context():
        fresh = Ticket.issue(clock.now()).sign()
    for form in (reporting(website="https://spam.example"), reporting(ticket=fresh), reporting(ticket="forged")):
        page = public.post(f"/en/report/{ref}", form)
        assert page.status_code == 422
        assert "press the button once more" in page.text
        assert ("That was very fast" in page.text) is (form["ticket"] == fresh)
        assert leads_to_why(page.text)
    assert reports(scene) == []


def test_the_eleventh_report_of_an_hour_waits(public, scene, ref, reporting):
    for _ in range(10):
        assert public.post(f"/en/report/{ref}", reporting()).status_code == 303
    page = public.post(f"/en/report/{ref}", reporting())
    assert page.status_code == 429
    assert TOLD in page.text
    assert 0 < int(page.headers["Retry-After"]) <= 3600
    assert len(reports(scene)) == 10


def test_an_unknown_text_has_no_form(public, scene, reporting):
    assert public.get("/en/report/COD-HEA-9999").status_code == 404
    assert public.get("/en/report/COD-HEA-9999/sent").status_code == 404
    assert public.post("/en/report/COD-HEA-9999", reporting()).status_code == 404
    assert reports(scene) == []


def test_a_retracted_text_shows_nothing_of_itself(public, scene):
    gone = make_published(scene, state="retracted", title="COD-HEA-0777", notice="It was wrong.")
    scene.commit()
    assert public.get(f"/en/report/{gone}").status_code == 200
