"""A neutral text may be written in another language than the question; every page then says so."""

import re

from tests.factories import make_partner
from tests.http.desk.commissioning import assign
from tests.http.desk.triaging import make, stored, typed, url

ENGLISH = "Where is insulin sold in Kinshasa?"


def in_english(scene, **values):
    return make(scene, points=(ENGLISH, "At what price?"), **({"neutral_language": "en", "state": "triaged"} | values))


def marked(page: str, text: str) -> list[str]:
    """The languages that a page says a text is in."""
    return re.findall(rf'<[^>]*lang="(\w+)"[^>]*>\s*{re.escape(text)}', page)


def test_a_text_is_in_the_language_of_the_question_until_somebody_says_otherwise(desk, scene, officer) -> None:
    question = make(scene)
    assert '<option selected value="fr">' in desk.get(url(question)).text
    desk.post(url(question), typed(question, language="fr"))
    assert stored(scene, question).neutral_language == "fr"


def test_the_other_language_is_kept_and_shown_and_the_original_stays_in_its_own(desk, scene, officer) -> None:
    question = make(scene)
    desk.post(url(question), typed(question, **{"language": "en", "points-0": ENGLISH}))
    row = stored(scene, question)
    assert (row.language, row.neutral_language) == ("fr", "en")
    page = desk.get(url(question)).text
    assert '<option selected value="en">' in page
    assert marked(page, ENGLISH) == ["en"]
    assert re.search(r'class="bubble" dir="auto" lang="fr">[^<]*(?:<mark>)?Je m’appelle', page)


def test_a_form_that_names_no_language_changes_none(desk, scene, officer) -> None:
    question = in_english(scene, state="received")
    desk.post(url(question), typed(question, **{"points-0": ENGLISH}))
    assert stored(scene, question).neutral_language == "en"


def test_a_language_that_no_partner_reads_here_is_refused_and_what_was_typed_stays(desk, scene, officer) -> None:
    question = make(scene)
    answer = desk.post(url(question), typed(question, **{"language": "xx", "points-0": ENGLISH}))
    assert answer.status_code == 422
    assert "Choose a language from the list." in answer.text
    assert ENGLISH in answer.text


def test_of_two_who_save_at_once_the_second_sees_that_the_language_differs(desk, scene, officer) -> None:
    question = make(scene)
    page = typed(question, language="en")
    desk.post(url(question), typed(question))
    answer = desk.post(url(question), page)
    assert answer.status_code == 409
    assert re.search(r"Language of the text.*?French.*?English", answer.text, re.DOTALL)


def test_the_offer_begins_with_the_text_where_the_partner_reads_its_language(desk, scene, officer) -> None:
    question, partner = in_english(scene), make_partner(scene, languages=["es", "en"])
    scene.commit()
    page = desk.get(assign(question, partner)).text
    assert '<option selected value="en">' in page
    assert marked(page, ENGLISH) == ["en"]
    assert "English</p>" not in page


def test_the_offer_to_a_partner_who_reads_only_the_questions_language_says_what_the_text_is_in(
    desk, scene, officer
) -> None:
    question, partner = in_english(scene), make_partner(scene, languages=["fr"])
    scene.commit()
    page = desk.get(assign(question, partner)).text
    assert re.search(r"Q1 · English</p>", page)
    assert marked(page, ENGLISH) == ["en"]
    assert re.search(r'<textarea[^>]*lang="fr"[^>]*name="points-0"[^>]*>\s*</textarea>', page)


def test_queue_match_split_and_merge_say_what_the_text_is_in(desk, scene, officer) -> None:
    question = in_english(scene)
    merge = f"/desk/questions/merge?question={question.id}"
    pages = ["/desk/questions?view=open", url(question, "match"), url(question, "split"), merge]
    assert [marked(desk.get(page).text, ENGLISH) for page in pages] == [["en"]] * 4
