"""Writing the neutral text of a question at the desk."""

import re

import pytest

from tests.http.desk.triaging import ORIGINAL, POINT, TELLING, make, points, stored, typed, url
from workflows.core import clock

WHY = "Ce sont des mots d’une loi, ils ne désignent personne."


def test_a_saved_draft_stays(desk, scene, officer) -> None:
    question = make(scene)
    answer = desk.post(url(question), typed(question, **{"points-1": "Deuxième ?"}))
    assert (answer.status_code, answer.location) == (303, url(question))
    assert points(scene, question) == [POINT, "Deuxième ?"]
    assert stored(scene, question).state == "received"
    page = desk.get(url(question)).text
    assert POINT in page
    assert re.search(r'<input checked[^>]*value="HEA-medicines"', page)


def test_finishing_triage_moves_the_question(desk, scene, officer) -> None:
    question = make(scene)
    answer = desk.post(url(question), typed(question, do="triage"))
    assert answer.status_code == 303
    assert stored(scene, question).state == "triaged"
    page = desk.get(url(question)).text
    assert "Triage is finished." in page
    assert "Offer to a partner" in page


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(desk, scene, officer) -> None:
    question = make(scene)
    answer = desk.post(
        url(question), {"version": question.version, "do": "triage", "place": "Matadi", "points-0": "", "points-1": ""}
    )
    assert answer.status_code == 422
    for said in ("Choose the country.", "Choose at least one topic.", "Write at least one point.", "Error:"):
        assert said in answer.text
    assert 'value="Matadi"' in answer.text
    assert answer.text.count("<textarea") >= 2
    assert stored(scene, question).state == "received"


def test_personal_details_are_shown_with_other_words_and_the_override_appears_then(desk, scene, officer) -> None:
    question = make(scene)
    assert "override" not in desk.get(url(question)).text
    answer = desk.post(url(question), typed(question, **{"points-0": TELLING, "do": "triage"}))
    assert answer.status_code == 422
    assert "This may point to a person. Use neutral words." in answer.text
    assert "<mark>tél. 0470 12 34 56" in answer.text
    assert 'name="override"' in answer.text
    assert TELLING in answer.text
    assert stored(scene, question).state == "received"


def test_a_written_override_lets_triage_finish_and_a_short_one_does_not(desk, scene, officer) -> None:
    question = make(scene)
    telling = typed(question, **{"points-0": TELLING, "do": "triage", "override_on": "y", "override": "parce que"})
    answer = desk.post(url(question), telling)
    assert (answer.status_code, "20 letters or more why" in answer.text) == (422, True)
    assert "parce que" in answer.text
    unticked = {name: text for name, text in telling.items() if name != "override_on"} | {"override": WHY}
    assert desk.post(url(question), unticked).status_code == 422
    assert desk.post(url(question), telling | {"override": WHY}).status_code == 303
    assert stored(scene, question).override == WHY


def focused(page: str) -> list[str]:
    """The ids of what takes the focus as the page opens."""
    return [re.search(r' id="([^"]*)"', tag)[1] for tag in re.findall(r"<[^>]* autofocus[^>]*>", page)]


def test_a_button_that_reshapes_the_points_leads_to_the_point_it_is_about(desk, scene, officer) -> None:
    question = make(scene)
    three = {f"points-{at}": f"{POINT} {at}" for at in range(3)}

    def after(do: str, **values: str) -> list[str]:
        return focused(desk.post(url(question), typed(question, **three, **values, do=do)).text)

    assert after("add") == ["points-3"]
    assert after("remove-0") == ["points-0"]
    assert after("remove-2") == ["points-1"]
    assert after("copy") == ["points-3"]
    assert after("swap:points-1:Kinshasa") == ["points-1"]
    assert after("swap-all") == []
    assert focused(desk.get(url(question)).text) == []


def test_points_are_added_removed_and_suggested_without_saving(desk, scene, officer) -> None:
    question = make(scene)
    added = desk.post(url(question), typed(question, do="add"))
    assert (added.status_code, 'name="points-1"' in added.text) == (200, True)
    two = typed(question, **{"points-1": "Deuxième ?", "do": "remove-0"})
    removed = desk.post(url(question), two).text
    assert "Deuxième ?" in removed
    assert 'name="points-1"' not in removed
    assert re.search(r"Copy the original, its \d+ details replaced", added.text)
    suggested = desk.post(url(question), typed(question, do="suggest")).text
    assert 'name="points-1"' in suggested
    written = re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", suggested)[1]
    assert re.search(
        r"\d personal details were found and replaced\. What the machine did not find is for you", suggested
    )
    assert "What the machine did not find" not in added.text
    assert "insuline" in written
    assert "Zawadi" not in written
    assert "0470" not in written
    assert points(scene, question) == []


def test_where_nothing_was_found_the_original_is_copied_as_it_is_and_no_other_way(desk, scene, officer) -> None:
    page = desk.get(url(make(scene, original="Combien coûte une chambre à Kinshasa ?"))).text
    assert ('value="copy"' in page, 'value="suggest"' in page) == (True, False)


def test_a_save_from_an_older_page_shows_both_texts_and_may_be_saved_over(desk, scene, officer) -> None:
    question = make(scene)
    desk.post(url(question), typed(question, **{"points-0": "Leur texte ?"}))
    answer = desk.post(url(question), typed(question, **{"points-0": "Mon texte ?", "place": "Matadi"}))
    assert answer.status_code == 409
    assert "Q1: Leur texte ?" in answer.text
    assert "Q1: Mon texte ?" in answer.text
    assert points(scene, question) == ["Leur texte ?"]
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)[1]
    again = desk.post(url(question), typed(question, **{"points-0": "Mon texte ?", "version": version}))
    assert again.status_code == 303
    assert points(scene, question) == ["Mon texte ?"]


@pytest.mark.parametrize("do", ["save", "triage", "revise"])
def test_a_late_click_on_a_question_that_is_over_is_a_conflict_with_the_text_kept(desk, scene, officer, do) -> None:
    question = make(scene, state="withdrawn", closed_at=clock.now())
    answer = desk.post(url(question), typed(question, do=do))
    assert answer.status_code == 409
    assert POINT in answer.text


def test_a_tampered_version_is_a_conflict(desk, scene, officer) -> None:
    question = make(scene)
    assert desk.post(url(question), typed(question, version="<1>")).status_code == 409


def test_a_triaged_text_may_be_changed_and_is_tested_again(desk, scene, officer) -> None:
    question = make(scene, state="triaged", points=(POINT,))
    assert desk.post(url(question), typed(question, do="revise", **{"points-0": TELLING})).status_code == 422
    assert desk.post(url(question), typed(question, do="revise", **{"points-0": "Et à Matadi ?"})).status_code == 303
    assert points(scene, question) == ["Et à Matadi ?"]


@pytest.mark.parametrize("do", ["save", "triage", "nonsense", "remove-99", "remove-\x00"])
def test_strange_codes_and_buttons_are_refused_calmly(desk, scene, officer, do) -> None:
    question = make(scene)
    strange = {"country": "\x00", "topics": ["\x00", "HEA"], "facets": ["\x01x"], "urgency": "\x00", "place": "\x00"}
    answer = desk.post(url(question), typed(question, do=do, **strange))
    assert answer.status_code == (422 if do in {"save", "triage"} else 200)
    assert POINT in answer.text
    assert points(scene, question) == []


def test_a_form_without_its_token_changes_nothing(desk, scene, officer) -> None:
    question = make(scene)
    assert desk.client.post(url(question), data=typed(question)).status_code == 400
    assert points(scene, question) == []


def test_a_saved_text_shows_its_details_with_a_button_for_each_and_one_for_all(desk, scene, officer) -> None:
    question = make(scene)
    assert desk.post(url(question), typed(question, **{"points-0": TELLING})).status_code == 303
    page = desk.get(url(question)).text
    assert page.count("<mark>tél. 0470 12 34 56<small>") == 2
    assert "tél. 0470 12 34 56 (telephone number)" in re.sub("<[^>]*>", "", page)
    assert 'value="swap:points-0:tél. 0470 12 34 56"' in page
    assert 'value="swap:points-0:Mme Béatrice Mabiala"' in page
    assert 'value="swap-all"' in page
    assert 'name="override"' not in page


def written(page: str) -> list[str]:
    return [text.strip() for text in re.findall(r'<textarea[^>]*name="points-\d+"[^>]*>([^<]*)</textarea>', page)]


def test_one_detail_is_replaced_and_everything_typed_stays(desk, scene, officer) -> None:
    question = make(scene)
    sent = typed(question, **{"points-0": TELLING, "points-1": "Et Mme Béatrice Mabiala ?", "place": "Boma",
                              "do": "swap:points-0:Mme Béatrice Mabiala"})  # fmt: skip
    page = desk.post(url(question), sent).text
    assert written(page) == [
        "Où une femme, tél. 0470 12 34 56, achète-t-elle de l’insuline ?", "Et Mme Béatrice Mabiala ?",
    ]  # fmt: skip
    assert 'value="Boma"' in page
    assert re.search(r'<input checked[^>]*value="HEA-medicines"', page)
    assert points(scene, question) == []


def test_all_details_are_replaced_at_once_in_the_place_too(desk, scene, officer) -> None:
    question = make(scene)
    sent = typed(question, **{"points-0": TELLING, "place": "rue de la Loi 16, 1000 Bruxelles", "do": "swap-all"})
    page = desk.post(url(question), sent).text
    assert written(page) == ["Où une femme, (un numéro de téléphone a été donné), achète-t-elle de l’insuline ?"]
    assert 'value="Une adresse a été donnée"' in page
    assert "swap:" not in page


def test_a_detail_over_two_lines_is_replaced_as_browsers_send_it(desk, scene, officer) -> None:
    question = make(scene)
    text = "Adresse : rue de la Loi 16,\r\n1040 Bruxelles. Prix ?"
    page = desk.post(url(question), typed(question, **{"points-0": text})).status_code
    shown = desk.get(url(question)).text
    detail = re.search(r'value="(swap:points-0:[^"]*Loi[^"]*)"', shown)[1]
    page = desk.post(url(question), typed(question, **{"points-0": text, "do": detail.replace("\n", "\r\n")})).text
    assert "Loi 16" not in written(page)[0]


@pytest.mark.parametrize("do", ["swap:", "swap:points-0", "swap:points-9:x", "swap:points-0:nobody", "swap::"])
def test_a_button_for_what_is_gone_changes_nothing(desk, scene, officer, do) -> None:
    question = make(scene)
    page = desk.post(url(question), typed(question, **{"points-0": POINT, "do": do}))
    assert (page.status_code, written(page.text)) == (200, [POINT])


def test_the_original_is_copied_whole_to_be_cleaned_detail_by_detail(desk, scene, officer) -> None:
    question = make(scene)
    page = desk.post(url(question), typed(question, **{"points-0": "", "do": "copy"})).text
    assert written(page) == [ORIGINAL]
    assert page.count('value="swap:points-0:') == 2
