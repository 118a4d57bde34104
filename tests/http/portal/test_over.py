"""A task that ended while somebody wrote: what happened is said in plain words, and what was typed stays to be read."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy.orm import Session

from config import policy
from tests.factories import NOW, make_researcher
from tests.http.portal.test_answers import SECRET, point, send_to, source
from workflows.answers.models import Answer, AnswerPoint
from workflows.answers.never_published import forget_content
from workflows.answers.unsent import forget_unsent
from workflows.assignments.models import Assignment

pytestmark = pytest.mark.usefixtures("stopped")
TYPED = {"version": "1", "credit": "anonymous", "note": "Not the street.", **point(0, text="Typed while it ended."),
         **source(0, identity=SECRET)}  # fmt: skip
REVOKED = "The desk took this task back: it is not needed any more."
ENDS = {
    ("revoked", "draft"): REVOKED,
    ("revoked", "withdrawn"): REVOKED,
    ("revoked", "rejected"): "The editors cannot use this answer: this task is over.",
    ("released", "withdrawn"): "Your organisation gave this task back.",
    ("completed", "accepted"): "The answer was accepted: this task is finished.",
    ("accepted", "submitted"): "The answer was sent. It can only be changed when an editor sends it back.",
}


def end(scene: Session, work: Assignment, state: str = "revoked", written: str = "draft") -> None:
    work.state, work.closed_at = state, NOW
    scene.query(Answer).update({"state": written})
    scene.commit()


def typed_back(page: str) -> list[tuple[str, str]]:
    """Label and text of everything that the page gives back."""
    fields = page.split('<div class="field">')[1:]
    return [
        (one.split(">")[1].split("<")[0], one.split('value="')[1].split('"')[0] if "<input" in one
         else one.split("<textarea")[1].split(">", 1)[1].split("<")[0])
        for one in fields
    ]  # fmt: skip


def sent_back(page: str) -> list[tuple[str, str]]:
    """The same on a page from which it can be sent once more."""
    return [(one.findtext("dt"), one.findtext("dd")) for one in html.fromstring(page).xpath("//dl/div")]


@pytest.mark.parametrize(("state", "written"), ENDS)
def test_what_became_of_the_task_is_said_as_a_page_and_as_data(scene, work, browser, state, written) -> None:
    end(scene, work, state, written)
    page = browser.post(send_to(work), TYPED)
    assert (page.status_code, ENDS[state, written] in page.text) == (409, True)
    data = browser.post(send_to(work), TYPED, headers={"Accept": "application/json"})
    assert (data.status_code, data.json["text"]) == (409, ENDS[state, written])


def test_what_was_typed_comes_back_under_its_own_labels_and_no_word_of_the_machine(scene, work, browser) -> None:
    end(scene, work)
    back = typed_back(browser.post(send_to(work), TYPED | {"send": "1", "add": "points-0-sources"}).text)
    assert back == [
        ("Q1: Your answer", "Typed while it ended."),
        ("Q1: For which place is this true?", "Kinshasa"),
        ("Q1: On which day was it true?", "9 3 2026"),
        ("Q1: How sure are you?", "Fairly sure"),
        ("Q1, source 1: What it is, without names", "Three pharmacists"),
        ("Q1, source 1: Kind", "Talk"),
        ("Q1, source 1: How", "In person"),
        ("Q1, source 1: What may be published", "Only the role may be named"),
        ("Q1, source 1: When you saw or heard it", "9 3 2026"),
        ("Q1, source 1: Who or what exactly", SECRET),
        ("May your organisation be named?", "Stay anonymous"),
        ("For the editor only", "Not the street."),
    ]


@pytest.mark.parametrize(("address", "fields", "label"), [
    ("ask", {"message": "Which part of the town?"}, "Your question to the desk"),
    ("more-time", {"until": ["2", "4", "2026"]}, "I need until"),
    ("release", {"reason": "no_time", "words": "We are too few."}, "Tell the desk more"),
])  # fmt: skip
def test_every_button_beside_it_says_the_same(scene, work, browser, address, fields, label) -> None:
    end(scene, work)
    page = browser.post(f"/w/t/{work.id}/{address}", fields)
    assert (page.status_code, REVOKED in page.text, f">{label}</label>" in page.text) == (409, True, True)
    assert "no_time" not in page.text


def test_the_labels_are_in_the_language_of_the_reader(scene, portal, partner, work) -> None:
    reader = make_researcher(scene, partner, language="fr")
    end(scene, work)
    page = portal.sign_in(reader.id).post(send_to(work), TYPED).text
    assert "Le bureau a repris cette tâche" in page
    assert dict(typed_back(page))["Peut-on nommer votre organisation\u00a0?"] == "Rester anonyme"


def writes(browser, work: Assignment, **more: str) -> None:
    assert browser.post(send_to(work), TYPED | more).status_code == 303


def test_a_task_that_is_over_shows_its_draft_to_be_read_and_until_when(scene, work, browser) -> None:
    writes(browser, work)
    end(scene, work)
    page = browser.get(f"/w/t/{work.id}").text
    for said in (REVOKED, "This is your draft. It was not sent.", "Typed while it ended.", "Three pharmacists",
                 "9 Mar 2026", "Only the role may be named", "Not the street.",
                 "Copy what you need: it is erased on 9 Apr 2026"):  # fmt: skip
        assert said in page
    for gone in ("Send by", "Save now", "Send for review", "<textarea", SECRET):
        assert gone not in page


def test_a_half_written_draft_is_shown_as_far_as_it_goes(scene, work, browser) -> None:
    half = {"version": "1", "points-0-code": "Q1", "points-0-text": "Only this.", "points-0-sources-0-label": "A list"}
    assert browser.post(send_to(work), half).status_code == 303
    end(scene, work, "released", "withdrawn")
    page = browser.get(f"/w/t/{work.id}").text
    assert ("Only this." in page, "A list" in page, "How sure are you?" in page) == (True, True, False)


def test_what_the_clock_erased_is_not_shown_any_more_and_the_page_says_when(scene, work, browser) -> None:
    writes(browser, work)
    end(scene, work)
    forget_unsent(scene, scene.query(Answer).one(), NOW + timedelta(days=policy.UNSENT_KEPT_DAYS))
    scene.commit()
    page = browser.get(f"/w/t/{work.id}").text
    assert ("Typed while it ended." in page, "What was not sent was erased on 9 Apr 2026." in page) == (False, True)


def test_who_may_give_a_task_back_reads_how_long_the_draft_stays(scene, work, browser) -> None:
    page = browser.get(f"/w/t/{work.id}").text
    assert "What you wrote and did not send can be read here for 30 days. Then it is erased." in page


def test_a_task_that_nobody_wrote_in_says_nothing_of_a_draft(scene, work, browser) -> None:
    scene.query(AnswerPoint).update({"text": "", "place": "", "information_date": None, "confidence": None})
    end(scene, work)
    assert "draft" not in browser.get(f"/w/t/{work.id}").text.lower().replace("earlier drafts", "")


def test_what_was_sent_is_shown_and_no_draft_that_became_it(scene, work, browser) -> None:
    writes(browser, work, send="1", anyway="1", note="")
    end(scene, work, "revoked", "withdrawn")
    page = browser.get(f"/w/t/{work.id}").text
    assert ("Typed while it ended." in page, "Sent to us:" in page, "This is your draft" in page) == (True, True, False)


def test_a_strangers_draft_is_not_shown(scene, portal, work, browser) -> None:
    writes(browser, work)
    stranger = make_researcher(scene, language="en")
    end(scene, work)
    assert portal.sign_in(stranger.id).get(f"/w/t/{work.id}").status_code == 404


@pytest.mark.parametrize(("state", "written"), [("revoked", "rejected"), ("released", "withdrawn")])
def test_whoever_sent_in_vain_reads_until_when_it_stays_and_then_that_it_is_gone(
    scene, work, browser, state: str, written: str
) -> None:
    writes(browser, work, send="1", anyway="1", note="")
    end(scene, work, state, written)
    page = browser.get(f"/w/t/{work.id}").text
    for said in (
        "Typed while it ended.",
        "It is not published. It is erased on 8 Jun 2026, with the names of sources.",
    ):
        assert said in page
    forget_content(scene, scene.query(Answer).one(), NOW + timedelta(days=policy.SENT_IN_VAIN_KEPT_DAYS))
    scene.commit()
    page = browser.get(f"/w/t/{work.id}").text
    assert ENDS[state, written] in page
    assert "What was written here was erased on 8 Jun 2026. Nothing of it was published." in page
    for gone in ("Typed while it ended.", "Three pharmacists", "Sent to us:", "May your organisation be named?"):
        assert gone not in page
    files = browser.get(f"/w/t/{work.id}/files").text
    assert "What was written here was erased on 8 Jun 2026. Nothing of it was published." in files
    assert "No files yet" not in files


def test_an_answer_that_was_accepted_has_no_such_day(scene, work, browser) -> None:
    writes(browser, work, send="1", anyway="1", note="")
    end(scene, work, "completed", "accepted")
    assert "It is erased on" not in browser.get(f"/w/t/{work.id}").text
