"""Country sheets at the desk: composed by buttons, nothing typed lost, approved by somebody else."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.sheets import change_text, form_in, make_draft, make_sheet, make_text, published_editions
from tests.sites import Browser
from workflows.core.actors import Role, Staff
from workflows.core.clock import now
from workflows.sheets.composition import drafts_of
from workflows.sheets.desk import WITH_PINS, send_edition
from workflows.sheets.models import Edition

PAGE = "/desk/sheets/COD?language=fr"


@dataclass(frozen=True)
class Desk:
    """Two editors in two browsers, and two texts on health."""

    author: Staff
    other: Staff
    browser: Browser
    second: Browser
    health: str
    more: str


@pytest.fixture
def people(desk: Browser, desk_app: Flask, house: Engine, scene: Session) -> Desk:
    author, other = make_staff(scene, Role.EDITOR, name="Ines"), make_staff(scene, Role.EDITOR, name="Bram")
    health = make_text(scene, "HEA", title="Soins à Kinshasa", versions=2)
    more = make_text(scene, "HEA", title="Zorg in Kinshasa", language="nl")
    scene.commit()
    return Desk(author, other, desk.sign_in(author.id), Browser(desk_app, house).sign_in(other.id), health, more)


def edition(scene: Session) -> Edition:
    scene.expire_all()
    return scene.scalars(select(Edition).options(*WITH_PINS).order_by(Edition.saved_at.desc())).first()  # type: ignore[return-value]


def pins(scene: Session, group: str = "HEA") -> list[str]:
    return [str(pin) for section in drafts_of(edition(scene)) if section.group == group for pin in section.pins]


def save(browser: Browser, scene: Session, **changes: Any) -> Any:
    """Send the form as it is shown, with these changes."""
    form = form_in(browser.get(PAGE).text)
    return browser.post(f"/desk/sheets/editions/{edition(scene).id}/save", form | changes)


def move(browser: Browser, scene: Session, name: str) -> Any:
    row = edition(scene)
    return browser.post(f"/desk/sheets/editions/{row.id}/{name}", {"version": row.version, "gaps_known": "yes"})


@pytest.fixture
def draft(people: Desk, scene: Session) -> Desk:
    make_draft(scene, people.author, {"HEA": [people.health]}, {"HEA": "Avant les soins."})
    scene.commit()
    return people


@pytest.fixture
def sent(draft: Desk, scene: Session) -> Desk:
    row = edition(scene)
    send_edition(scene, draft.author, row.id, row.version, now(), gaps_known=True)
    scene.commit()
    return draft


def test_a_sheet_is_begun_from_the_list(people: Desk, scene: Session):
    assert "No sheet yet" in people.browser.get("/desk/sheets").text
    answer = people.browser.post("/desk/sheets/begin", {"country": "COD", "language": "fr"})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    page = people.browser.get("/desk/sheets").text
    assert "DR Congo" in page
    assert "0 / 10" in page
    assert "Draft" in page


def test_without_a_country_nothing_is_begun_and_the_page_says_so(people: Desk, scene: Session):
    answer = people.browser.post("/desk/sheets/begin", {"country": "", "language": "fr"})
    assert answer.status_code == 422
    assert "Choose a country and a language." in answer.text
    assert edition(scene) is None


@pytest.mark.parametrize("path", ["/desk/sheets/XXX", "/desk/sheets/%00", "/desk/sheets/COD?language=xx", "/desk/sheets/COD/preview", "/desk/sheets/COD/compare"])  # fmt: skip
def test_what_does_not_exist_is_not_found(people: Desk, path: str):
    assert people.browser.get(path).status_code == 404


def test_a_sheet_nobody_began_can_be_looked_at_and_begun(people: Desk, scene: Session):
    page = people.browser.get(PAGE).text
    assert "Begin the first edition" in page
    assert page.count("Nothing yet</span>") == 10
    assert "Not in this edition" not in page
    assert edition(scene) is None


def test_a_section_without_texts_is_not_in_this_edition_whatever_else_there_is(draft: Desk):
    assert "Not in this edition" in draft.browser.get(PAGE).text
    assert "Readers may see that this edition has nothing on these" in draft.browser.get(PAGE).text


def test_the_composing_page_offers_texts_in_the_sheet_s_language_first(draft: Desk, scene: Session):
    third = make_text(scene, "HEA", title="Autre soin")
    scene.commit()
    page = draft.browser.get(PAGE).text
    [choices] = re.findall(r'<select[^>]*id="sections-7-add"[^>]*>(.*?)</select>', page, re.DOTALL)
    assert re.findall(r'value="([^"]*)"', choices) == ["", third, draft.more]
    assert "Nederlands" in choices


@pytest.mark.parametrize(
    ("press", "expected"),
    [("", ["health@1", "more@1"]), ("add HEA", ["health@1", "more@1"]), ("newest HEA {health}", ["health@2", "more@1"]), ("newest", ["health@2", "more@1"]), ("remove HEA {health}", ["more@1"])],
)  # fmt: skip
def test_every_button_saves_what_was_typed_adds_what_was_chosen_and_moves_the_text(
    draft: Desk, scene: Session, press: str, expected: list[str]
):
    answer = save(draft.browser, scene, press=press.format(health=draft.health),
                  **{"sections-7-add": draft.more, "sections-0-intro": "Tapé entre-temps."})  # fmt: skip
    assert answer.status_code == 303
    names = {draft.health: "health", draft.more: "more"}
    assert [f"{names[pin[:-2]]}{pin[-2:]}" for pin in pins(scene)] == expected
    assert "Tapé entre-temps." in draft.browser.get(PAGE).text


def test_two_texts_change_places(draft: Desk, scene: Session):
    save(draft.browser, scene, press="add HEA", **{"sections-7-add": draft.more})
    save(draft.browser, scene, press=f"up HEA {draft.more}")
    assert pins(scene) == [f"{draft.more}@1", f"{draft.health}@1"]
    save(draft.browser, scene, press=f"down HEA {draft.more}")
    assert pins(scene) == [f"{draft.health}@1", f"{draft.more}@1"]


@pytest.mark.parametrize("press", ["", "dance HEA x", "add", "add NOPE", "up HEA", "remove  "])
def test_an_odd_button_only_saves(draft: Desk, scene: Session, press: str):
    assert save(draft.browser, scene, press=press).status_code == 303
    assert pins(scene) == [f"{draft.health}@1"]


@pytest.mark.parametrize("press", ["add HEA", ""])
def test_what_cannot_be_added_is_said_beside_the_field_and_the_text_stays(draft: Desk, scene: Session, press: str):
    answer = save(draft.browser, scene, press=press, **{"sections-7-add": "COD-HEA-9999", "sections-0-intro": "Tapé."})
    assert answer.status_code == 422
    assert "This text cannot be used" in answer.text
    assert "Tapé." in answer.text
    assert answer.text.count("<title>Error:") == 1


def test_two_who_save_at_once_both_keep_their_texts(draft: Desk, scene: Session):
    mine = form_in(draft.second.get(PAGE).text) | {"sections-7-intro": "La mienne."}
    save(draft.browser, scene, **{"sections-7-intro": "La sienne."})
    path = f"/desk/sheets/editions/{edition(scene).id}/save"
    answer = draft.second.post(path, mine)
    assert answer.status_code == 409
    assert re.search(r"Saved by Ines at \d\d:\d\d, while you were writing\..*La sienne\.", answer.text, re.DOTALL)
    assert answer.text.count("La mienne.") == 2  # beside the other, and in the form
    again = draft.second.post(path, form_in(answer.text))
    assert again.status_code == 303
    assert {section.group: section.intro for section in drafts_of(edition(scene))}["HEA"] == "La mienne."


def test_a_save_over_what_was_sent_meanwhile_takes_it_back(draft: Desk, scene: Session):
    mine = form_in(draft.second.get(PAGE).text) | {"sections-7-intro": "La mienne."}
    move(draft.browser, scene, "send")
    path = f"/desk/sheets/editions/{edition(scene).id}/save"
    answer = draft.second.post(path, mine)
    assert answer.status_code == 409
    assert "This edition waits for approval. Saving takes it back." in answer.text
    assert draft.second.post(path, form_in(answer.text)).status_code == 303
    assert edition(scene).state == "draft"


def test_an_empty_sheet_is_not_sent_and_the_page_says_why(people: Desk, scene: Session):
    people.browser.post("/desk/sheets/begin", {"country": "COD", "language": "fr"})
    answer = move(people.browser, scene, "send")
    assert answer.status_code == 422
    assert "Put at least one text in the sheet." in answer.text


def test_empty_sections_are_named_and_somebody_has_to_stand_for_them(draft: Desk, scene: Session):
    assert "9 sections are empty." in draft.browser.get(PAGE).text
    row = edition(scene)
    answer = draft.browser.post(f"/desk/sheets/editions/{row.id}/send", {"version": row.version})
    assert (answer.status_code, edition(scene).state) == (422, "draft")
    assert move(draft.browser, scene, "send").status_code == 303
    assert edition(scene).state == "in_review"


def test_giving_an_edition_up_is_asked_first(draft: Desk, scene: Session):
    asked = draft.browser.get("/desk/sheets/COD/discard?language=fr")
    assert "Discard this edition?" in asked.text
    assert edition(scene).state == "draft"
    assert move(draft.browser, scene, "discard").status_code == 303
    assert edition(scene).state == "discarded"
    assert draft.browser.get("/desk/sheets/COD/discard?language=fr").status_code == 409


def test_whoever_wrote_it_reads_why_they_cannot_approve(sent: Desk, scene: Session):
    page = sent.browser.get(PAGE).text
    assert "You wrote in this edition. Another editor has to approve it." in page
    assert move(sent.browser, scene, "publish").status_code == 403
    assert published_editions(scene) == []


def test_another_editor_approves_from_the_preview(sent: Desk, scene: Session):
    page = sent.second.get("/desk/sheets/COD/preview?language=fr").text
    for expected in ("Avant les soins.", "Soins à Kinshasa", "Approve and publish", "RD Congo", "/fr/ask"):
        assert expected in page
    assert move(sent.second, scene, "publish").status_code == 303
    [row] = published_editions(scene)
    assert (row.number, row.content["sections"][7]["intro"]) == (1, "Avant les soins.")
    page = sent.second.get(PAGE).text
    assert "Begin the next edition" in page
    sheets = sent.second.get("/desk/sheets").text
    assert ("Edition 1" in sheets, "Not all of it" in sheets) == (True, False)
    change_text(scene, sent.health, state="withdrawn", notice="Faux.")
    scene.commit()
    assert "Not all of it · Edition 1" in sent.second.get("/desk/sheets").text


def test_a_text_withdrawn_meanwhile_stops_the_approval_in_words(sent: Desk, scene: Session):
    change_text(scene, sent.health, state="withdrawn", notice="Faux.")
    scene.commit()
    answer = move(sent.second, scene, "publish")
    assert answer.status_code == 422
    assert "A text of this section was withdrawn or retracted. Remove it." in answer.text
    assert published_editions(scene) == []


def test_a_late_approval_of_what_was_taken_back_is_refused(sent: Desk, scene: Session):
    seen = {"version": edition(scene).version}
    path = f"/desk/sheets/editions/{edition(scene).id}"
    assert move(sent.browser, scene, "rework").status_code == 303
    assert sent.second.post(f"{path}/publish", seen).status_code == 409
    assert published_editions(scene) == []


def test_the_comparison_shows_what_changes(people: Desk, scene: Session):
    make_sheet(scene, people.author, people.other, {"HEA": [people.health]}, {"HEA": "Avant."})
    make_draft(scene, people.author, {"HEA": [people.health]}, {"HEA": "Après."})
    scene.commit()
    page = people.browser.get("/desk/sheets/COD/compare?language=fr").text
    assert "<del>Avant</del>" in page
    assert "<ins>Après</ins>" in page
    assert "Edition 1" in page


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR])
def test_sheets_are_the_editors_work(draft: Desk, desk_app: Flask, house: Engine, scene: Session, role: Role):
    someone = make_staff(scene, role)
    scene.commit()
    browser = Browser(desk_app, house).sign_in(someone.id)
    paths = ("/desk/sheets", PAGE, "/desk/sheets/COD/preview?language=fr", "/desk/sheets/COD/compare?language=fr")
    assert {browser.get(path).status_code for path in paths} == {403}
    assert move(browser, scene, "send").status_code == 403


def test_whoever_approves_sees_place_health_and_family_said_together(draft: Desk, scene: Session):
    told = {"sections-1-intro": "Near Boma a mother of five with epilepsy waits."}
    before = draft.browser.get(PAGE).text
    assert "Together these may tell" not in before
    save(draft.browser, scene, **told)
    said = "Together these may tell who somebody is, so approve only if not: Boma; epilepsy; mother of five"
    assert said in draft.browser.get(PAGE).text
    move(draft.browser, scene, "send")
    assert said in draft.second.get(PAGE).text


def test_an_introduction_that_advises_is_marked_beside_its_section_and_stays_a_draft(draft: Desk, scene: Session):
    save(draft.browser, scene, **{"sections-1-intro": "Nous vous conseillons de rentrer."})
    page = draft.browser.get(PAGE).text
    assert "This sounds like advice to go or to stay" in page
    assert "<bdi>Nous vous conseillons</bdi>" in page
    form = form_in(draft.browser.get(PAGE).text) | {"gaps_known": "yes"}
    answer = draft.browser.post(f"/desk/sheets/editions/{edition(scene).id}/send", form)
    assert (answer.status_code, edition(scene).state) == (422, "draft")
    assert 'href="#sections-1-intro"' in answer.text
