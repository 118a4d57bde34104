"""Before an answer is sent its writer reads what in it may point to a person, and decides; sealed fields are not read."""

import pytest

from tests.factories import make_researcher
from tests.http.portal.test_answers import SECRET, point, send_to, source, stored
from workflows.answers.models import AnswerPoint, Revision, Source

WARNING = "May somebody be recognised?"


pytestmark = pytest.mark.usefixtures("stopped")


def answer(text: str = "Two of three had it.", version: int = 1, **more):
    return point(0, text=text) | source(0, **more) | {"version": str(version), "send": "1", "credit": "anonymous",
                                                      "note": "Ask Mrs Amina Diallo, +243 998 44 55 66."}  # fmt: skip


def test_a_name_or_a_number_is_shown_before_it_is_sent(scene, work, browser) -> None:
    page = browser.post(send_to(work), answer("Mrs Amina Diallo sells it, call +243 998 11 22 33."))
    assert page.status_code == 422
    assert WARNING in page.text
    warning = page.text.split(WARNING)[1].split("</section>")[0]
    assert "Amina Diallo" in warning
    assert "+243 998 11 22 33" in warning
    assert stored(scene, Revision) == []
    assert [row.text for row in stored(scene, AnswerPoint)] == ["Mrs Amina Diallo sells it, call +243 998 11 22 33."]
    assert 'name="anyway" value="1" form="answer"' in page.text


def test_in_french_the_colon_stands_apart_from_the_number_of_the_point(portal, scene, partner, work) -> None:
    researcher = make_researcher(scene, partner, language="fr")
    scene.commit()
    page = portal.sign_in(researcher.id).post(send_to(work), answer("Mme Amina Diallo en vend."))
    assert "<bdi>Q1</bdi></a>\N{NO-BREAK SPACE}: <bdi" in page.text


def test_it_is_sent_anyway_when_the_writer_says_so(scene, work, browser) -> None:
    first = browser.post(send_to(work), answer("Mrs Amina Diallo sells it."))
    assert first.status_code == 422
    again = answer("Mrs Amina Diallo sells it.", 2) | {"anyway": "1"}
    [kept] = stored(scene, Source)
    again["points-0-sources-0-id"] = str(kept.id)
    assert browser.post(send_to(work), again).status_code == 303
    assert len(stored(scene, Revision)) == 1


def test_a_source_that_names_itself_is_found_too(scene, work, browser) -> None:
    page = browser.post(send_to(work), answer(label="Talk with Mrs Amina Diallo"))
    assert page.status_code == 422
    assert "Amina Diallo" in page.text.split(WARNING)[1].split("</section>")[0]


def test_what_only_an_editor_reads_is_not_looked_at(scene, work, browser) -> None:
    assert browser.post(send_to(work), answer(identity=SECRET)).status_code == 303
    assert len(stored(scene, Revision)) == 1


def test_it_is_shown_together_with_what_is_missing(work, browser) -> None:
    page = browser.post(send_to(work), answer("Mrs Amina Diallo sells it.", kind=""))
    assert page.status_code == 422
    assert "Amina Diallo" in page.text.split(WARNING)[1].split("</section>")[0]
    assert "Choose what kind of source this is." in page.text


def test_it_is_shown_together_with_a_day_that_cannot_be_read(work, browser) -> None:
    page = browser.post(send_to(work), answer("Mrs Amina Diallo sells it.", kind="", dated=["31", "2", "2026"]))
    assert page.status_code == 422
    assert WARNING in page.text
    assert "Choose what kind of source this is." in page.text
    assert 'value="31"' in page.text


def test_that_it_can_stay_is_remembered_while_something_is_missing(scene, work, browser) -> None:
    page = browser.post(send_to(work), answer("Mrs Amina Diallo sells it.", kind="") | {"anyway": "1"})
    assert (page.status_code, stored(scene, Revision)) == (422, [])
    box = page.text.split('id="anyway"')[1].split(">")[0]
    assert "checked" in box
