"""The Word form in the portal: taken away as a file, filled in anywhere, brought back."""

import re

import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

import sandbox
from config import policy
from tests.factories import (
    make_answer,
    make_assignment,
    make_partner,
    make_question,
    make_researcher,
    make_word_upload,
)
from tests.http.portal.test_files import FORM, body_of
from tests.sandbox.test_archive import HOSTILE, members, packed
from tests.word_forms import ODT, calling_itself, changed, fill, read, saved
from web_kit.app import limiter
from workflows.answers.models import Answer, AnswerPoint, Source
from workflows.answers.word_upload_models import WordUpload
from workflows.assignments.models import Assignment


@pytest.fixture
def work(scene: Session, partner) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), state="accepted", number=42)
    make_answer(scene, row)
    scene.commit()
    return row


@pytest.fixture
def task(work) -> Assignment:
    return work


def test_the_form_comes_under_a_name_that_tells_nothing_with_what_is_written(scene, task, browser) -> None:
    scene.scalars(select(AnswerPoint)).one().text = "Two of three sell it."
    scene.commit()
    answer = browser.get(f"/w/t/{task.id}.docx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="task-0042.docx"'
    assert read(answer.data).fields["Q1.text"] == "Two of three sell it."


def test_it_is_in_the_language_of_its_reader(scene, task, partner, portal) -> None:
    reader = make_researcher(scene, partner, language="ar")
    scene.commit()
    others = read(portal.sign_in(reader.id).get(f"/w/t/{task.id}.docx").data).others
    assert any("إجابتك" in line for line in others), others


def test_there_is_no_form_of_an_answer_that_was_sent(scene, task, browser) -> None:
    scene.scalars(select(Answer)).one().state = "submitted"
    scene.commit()
    assert browser.get(f"/w/t/{task.id}.docx").status_code == 409


def test_nor_of_an_offer_that_nobody_took_on(scene, partner, browser) -> None:
    offer = make_assignment(scene, partner, make_question(scene, state="triaged", number=2), number=43)
    scene.commit()
    assert browser.get(f"/w/t/{offer.id}.docx").status_code == 409


def test_a_stranger_finds_no_form(scene, task, portal) -> None:
    stranger = portal.sign_in(make_researcher(scene, make_partner(scene)).id)
    scene.commit()
    assert stranger.get(f"/w/t/{task.id}.docx").status_code == 404


def form_of(browser, task, *changes) -> bytes:
    return changed(browser.get(f"/w/t/{task.id}.docx").data, *changes)


def page_of(task) -> str:
    return f"/w/t/{task.id}/upload"


def send(browser, task, data: bytes):
    return browser.client.post(page_of(task), data=body_of(browser, data), content_type=FORM)


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def ticked(page: str) -> list[str]:
    return re.findall(r'name="take" value="([^"]*)" checked', page)


def take(browser, task, page: str, **values):
    chosen = {"version": hidden(page, "version"), "upload": hidden(page, "upload"), "take": ticked(page)}
    return browser.post(f"{page_of(task)}/take", chosen | values)


FILLED = (
    fill("Q1.text", "Trois pharmacies sur trois en avaient."),
    fill("Q1.sources.1.label", "A nurse"),
    fill("Q1.sources.1.identity", "Mme Known"),
    lambda document: document.add_paragraph("The road is closed."),
)


def test_on_a_narrow_screen_a_new_text_stands_alone_under_the_name_of_its_side(scene, task, browser) -> None:
    point = scene.scalars(select(AnswerPoint)).one()
    point.text = point.place = ""
    scene.commit()
    send(browser, task, form_of(browser, task, fill("Q1.text", "Seen."), fill("Q1.place", "Goma")))
    rows = browser.get(page_of(task)).text.split('class="cmp"')[1]
    assert (rows.count('class="h only-l"'), rows.count('class="c only-l"')) == (2, 2)


def test_without_a_form_the_page_says_the_three_steps(task, browser) -> None:
    page = browser.get(page_of(task)).text
    assert "<title>Word form, T-0042 – Workspace</title>" in page
    assert f'href="/w/t/{task.id}.docx"' in page
    assert 'type="file"' in page


def test_what_is_typed_is_saved_on_the_way_there(task, browser) -> None:
    typed = {"version": "1", "word": "1", "points-0-code": "Q1", "points-0-text": "Typed first."}
    assert browser.post(f"/w/t/{task.id}/answer", typed).headers["Location"] == page_of(task)
    assert read(browser.get(f"/w/t/{task.id}.docx").data).fields["Q1.text"] == "Typed first."


def test_a_form_comes_back_is_looked_at_and_taken_over(scene, task, browser) -> None:
    answer = send(browser, task, form_of(browser, task, *FILLED))
    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(task))
    page = browser.get(page_of(task)).text
    assert "<ins>Trois" in page
    assert "<del>Deux" in page
    assert "The road is closed." in page
    assert "A new text, sealed." in page
    assert "Known" not in page
    assert ticked(page) == ["Q1.text", "Q1.sources.1"]
    answer = take(browser, task, page, rest="1")
    assert answer.headers["Location"] == f"/w/t/{task.id}"
    page = browser.get(f"/w/t/{task.id}").text
    assert "Trois pharmacies sur trois en avaient." in page
    assert "The road is closed." in page
    scene.expire_all()
    assert scene.scalars(select(Source)).one().identity == "Mme Known"


def test_the_box_stands_where_the_form_brings_something(scene, task, browser) -> None:
    scene.scalars(select(AnswerPoint)).one().text = "كتب زميل شيئًا آخر."
    make_word_upload(
        scene,
        scene.scalars(select(Answer)).one(),
        found={"fields": [["Q1.text", "One.\n\nTwo."]], "rows": [], "others": []},
    )
    scene.commit()
    page = browser.get(page_of(task)).text
    assert page.index("<ins>One.</ins>") < page.index('value="Q1.text"') < page.index("<ins>Two.</ins>")


def test_what_is_unticked_stays_as_it_is(scene, task, browser) -> None:
    send(browser, task, form_of(browser, task, *FILLED))
    take(browser, task, browser.get(page_of(task)).text, take=["Q1.sources.1"])
    scene.expire_all()
    assert scene.scalars(select(AnswerPoint.text)).one() == "Deux pharmacies sur trois en avaient."
    assert scene.scalars(select(Answer.note_for_editor)).one() is None


def test_when_somebody_saved_meanwhile_both_texts_are_shown_and_nothing_is_lost(scene, task, browser) -> None:
    send(browser, task, form_of(browser, task, *FILLED))
    page = browser.get(page_of(task)).text
    browser.post(f"/w/t/{task.id}/answer", {"version": "1", "points-0-code": "Q1", "points-0-text": "Aucune."})
    answer = take(browser, task, page, take=["Q1.text"])
    assert answer.status_code == 409
    assert "You changed this in another window." in answer.text
    assert "Aucune." in answer.text
    assert "Trois pharmacies" in answer.text
    assert ticked(answer.text) == ["Q1.text"]
    assert take(browser, task, answer.text).status_code == 303
    scene.expire_all()
    assert scene.scalars(select(AnswerPoint.text)).one() == "Trois pharmacies sur trois en avaient."


def test_a_second_press_is_told_that_it_came_late(task, browser) -> None:
    send(browser, task, form_of(browser, task, *FILLED))
    page = browser.get(page_of(task)).text
    assert [take(browser, task, page).status_code for _ in range(2)] == [303, 409]
    assert take(browser, task, page, upload="nonsense").status_code == 409


def test_it_can_be_thrown_away(scene, task, browser) -> None:
    send(browser, task, form_of(browser, task, *FILLED))
    page = browser.get(page_of(task)).text
    browser.post(f"{page_of(task)}/drop", {"upload": hidden(page, "upload")})
    assert scene.scalars(select(WordUpload)).all() == []


def test_a_form_that_says_nothing_new_says_so(task, browser) -> None:
    send(browser, task, form_of(browser, task))
    assert "Nothing new." in browser.get(page_of(task)).text


def hostile(name: str) -> bytes:
    return packed(HOSTILE[name][0](members()))


def letter() -> bytes:
    document = Document()
    document.add_paragraph("A letter.")
    return saved(document)


OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
REFUSED = {
    "none": (lambda: b"", "Choose a file that is not empty."),
    "too large": (lambda: b"PK\x03\x04" + bytes(policy.UPLOAD_MAX_BYTES), "A file may have up to 10 MB."),
    "a photo": (lambda: b"\xff\xd8\xff\xe0", "This is not a Word file (.docx)."),
    "a table": (lambda: hostile("no document"), "This is not a Word file (.docx)."),
    "of OpenDocument": (
        lambda: calling_itself(ODT),
        "This is an OpenDocument file (.odt). Save it as .docx and send that.",
    ),
    "with a password": (lambda: OLD_OR_LOCKED, "This is an old or protected Word file."),
    "damaged": (lambda: letter()[:2000], "This file cannot be read: it is damaged"),
    "a bomb": (lambda: hostile("a bomb"), "This file is much larger inside than outside."),
    "macros": (lambda: hostile("macros"), "This file holds macros."),
    "parts from elsewhere": (lambda: hostile("a picture from elsewhere"), "This file fetches parts from elsewhere."),
    "a doctype": (lambda: hostile("a doctype"), "This file is built in a strange way."),
    "no form": (letter, "No field of our form was found in this file."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_is_told_why_beside_the_field(scene, task, browser, what: str) -> None:
    make, said = REFUSED[what]
    answer = send(browser, task, make())
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert scene.scalars(select(WordUpload)).all() == []


def test_the_reason_is_in_the_language_of_the_reader(scene, task, partner, portal) -> None:
    reader = make_researcher(scene, partner, language="fr")
    scene.commit()
    assert "Ce fichier contient des macros." in send(portal.sign_in(reader.id), task, hostile("macros")).text


def test_a_waiting_form_is_still_shown_when_the_next_file_is_refused(task, browser) -> None:
    send(browser, task, form_of(browser, task, *FILLED))
    page = send(browser, task, b"Hello").text
    assert "<ins>Trois" in page
    assert "This is not a Word file (.docx)." in page


def test_a_sandbox_that_fails_is_said_calmly(task, browser, monkeypatch) -> None:
    def broken(kind: str, data: bytes) -> None:
        raise sandbox.Broken("killed")

    monkeypatch.setattr(sandbox, "run", broken)
    answer = send(browser, task, letter())
    assert answer.status_code == 422
    assert "This file could not be opened safely." in answer.text


def test_a_stranger_brings_nothing_back(scene, task, portal) -> None:
    stranger = portal.sign_in(make_researcher(scene, make_partner(scene)).id)
    scene.commit()
    assert stranger.get(page_of(task)).status_code == 404
    assert send(stranger, task, letter()).status_code == 404


def test_somebody_who_sends_very_many_is_asked_to_wait(task, browser, monkeypatch) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    answers = [browser.post(page_of(task)) for _ in range(61)]
    limiter.reset()
    assert [one.status_code for one in answers] == [422] * 60 + [429]
    assert answers[-1].headers["Retry-After"]


@pytest.mark.parametrize("number", [3, 300])
def test_the_preview_asks_as_often_for_many_rows_as_for_few(scene, task, partner, browser, number: int) -> None:
    answer = scene.scalars(select(Answer)).one()
    rows = [["Q1.sources", str(place), {"label": f"Source {place}"}] for place in range(number)]
    make_word_upload(scene, answer, found={"fields": [], "rows": rows, "others": []})
    scene.commit()
    with browser.statements() as seen:
        page = browser.get(page_of(task)).text
    assert page.count('name="take"') == number
    assert len(seen) == 12
