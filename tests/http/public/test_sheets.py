"""The public pages of a country sheet: whole, dated, honest about what changed since, never gone."""

import io
import re
from dataclasses import dataclass
from datetime import timedelta

import docx
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from config import policy
from tests.factories import make_staff
from tests.pdf_words import pdf_words, unspaced
from tests.sheets import LINKS, change_text, make_sheet, make_text, published_editions, words_of
from tests.sites import Browser
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now
from workflows.sheets import files, press
from workflows.sheets.models import PublishedEdition

TODAY = HELPDESK.local_day(now())
SHEET = "/en/sheet/COD"


@dataclass(frozen=True)
class Sheet:
    """One published sheet on DR Congo in French, with two texts."""

    author: Staff
    approver: Staff
    health: str
    housing: str


@pytest.fixture
def sheet(scene: Session) -> Sheet:
    author, approver = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    body = "## Prix\n\nUn reçu [1].\n\n| Lieu | Prix |\n|---|--:|\n| Lemba | 80 |\n"
    health = make_text(scene, "HEA", title="Soins à Kinshasa", versions=2)
    housing = make_text(scene, "HOU", title="Loyer à Kinshasa", body=body,
                        sources=[{"label": "Onze bailleurs", "kind": "talk", "dated": "2026-02-01"}])  # fmt: skip
    scene.flush()
    made = Sheet(author, approver, health, housing)
    make_sheet(
        scene, author, approver, {"HEA": [health], "HOU": [housing]}, {"HOU": "Les loyers se fixent en dollars."}
    )
    scene.commit()
    return made


def test_the_sheet_shows_its_texts_their_days_and_their_sources(public: Browser, sheet: Sheet):
    page = public.get(SHEET).text
    for expected in ("RD Congo", "Edition 1", "Les loyers se fixent en dollars.", "Loyer à Kinshasa", "Onze bailleurs",
                     "valid until", "Soins à Kinshasa", "What we do not know", f"/en/e/{sheet.housing}/v1", 'id="s1"',
                     "Nobody has looked for this yet.", "A newer version exists"):  # fmt: skip
        assert expected in page, expected
    assert re.findall(r'<section class="stack mt6" id="([A-Z]{3})"', page) == [
        "ACC", "CIV", "SEC", "MOV", "HOU", "WOR", "BUS", "HEA", "EDU", "SOC"]  # fmt: skip


def test_a_page_in_another_language_says_so(public: Browser, sheet: Sheet):
    assert "There is no sheet in English yet. This one is in French." in public.get(SHEET).text
    assert "There is no sheet in" not in public.get(f"{SHEET}?language=fr").text
    assert "Fiche" in public.get("/fr/sheet/COD").text or "Country sheet" in public.get("/fr/sheet/COD").text


@pytest.mark.parametrize("path", ["/en/sheet/GIN", "/en/sheet/COD/editions/2", "/en/sheet/%00%00%00",
                                  "/en/sheet/GIN.docx", "/en/sheet/GIN.pdf", "/en/sheet/COD.odt", "/en/sheet/COD/editions/99999999999"])  # fmt: skip
def test_what_does_not_exist_is_not_found(public: Browser, sheet: Sheet, path: str):
    assert public.get(path).status_code == 404


@pytest.mark.parametrize("language", ["xx", "%00", "nl"])
def test_an_odd_language_falls_back_to_a_sheet_that_exists(public: Browser, sheet: Sheet, language: str):
    assert public.get(f"{SHEET}?language={language}").status_code == 200


@pytest.mark.parametrize("state", ["withdrawn", "retracted"])
def test_a_notice_takes_the_place_of_a_text_and_its_title_at_once(
    public: Browser, scene: Session, sheet: Sheet, state: str
):
    change_text(scene, sheet.housing, state=state, notice="Ces prix étaient faux.")
    scene.commit()
    page = public.get(SHEET).text
    assert "Ces prix étaient faux." in page
    assert "A text of this section is no longer valid." in page
    assert "Un reçu" not in page
    assert "Onze bailleurs" not in page
    assert "Loyer à Kinshasa" not in page  # what was wrong may stand in the title


def test_a_text_being_checked_stays_with_a_warning(public: Browser, scene: Session, sheet: Sheet):
    change_text(scene, sheet.housing, state="on_hold")
    scene.commit()
    page = public.get(SHEET).text
    assert "We are checking this text." in page
    assert "Un reçu" in page
    assert "Partly being checked" in page
    assert "Not all of it" not in page
    printed = pdf_words(public.get(f"{SHEET}.pdf").data)
    assert unspaced("Un passage est de nouveau en cours de vérification.") in printed
    change_text(scene, sheet.health, state="withdrawn", notice="Faux.")
    scene.commit()
    page = public.get(SHEET).text
    assert "Not all of it" in page
    assert "Partly being checked" not in page


def test_a_stale_section_carries_a_banner_of_its_own(public: Browser, scene: Session, sheet: Sheet):
    change_text(scene, sheet.housing, valid_until=TODAY - timedelta(days=1))
    scene.commit()
    page = public.get(SHEET).text
    assert page.count("Some of this section is out of date.") == 1
    assert "Out of date: it was valid until" in page


def test_the_head_does_not_say_current_while_a_section_is_not(public: Browser, scene: Session, sheet: Sheet):
    assert "Not all of it" not in public.get(SHEET).text
    change_text(scene, sheet.housing, valid_until=TODAY - timedelta(days=1))
    scene.commit()
    page = public.get(SHEET).text
    assert "Not all of it" in page
    assert "1 section is not up to date" in page
    assert "1 rubriek is niet actueel</span>" in public.get("/nl/c/COD").text


def test_no_newer_text_means_no_link_to_one(public: Browser, scene: Session, sheet: Sheet):
    change_text(scene, sheet.health, number=1)
    scene.commit()
    assert "A newer version exists" not in public.get(SHEET).text


@pytest.mark.parametrize(
    ("days", "said", "listed"),
    [
        (0, "Current", True),
        (1, "Nobody has looked at the whole sheet since.", True),
        (60, "We no longer list it.", False),
    ],
)
def test_the_sheet_s_own_review_day_counts(
    public: Browser, scene: Session, sheet: Sheet, days: int, said: str, listed: bool
):
    review_on = TODAY - timedelta(days=days)
    scene.execute(update(PublishedEdition).values(review_on=review_on, expires_on=review_on + timedelta(days=60)))
    scene.commit()
    page = public.get(SHEET)
    assert page.status_code == 200
    assert said in page.text
    assert ('content="noindex"' in page.text) is not listed
    assert ("/en/sheet/COD" in public.get("/en/c/COD").text) is listed


def test_an_older_edition_keeps_its_address_with_a_banner(public: Browser, scene: Session, sheet: Sheet):
    make_sheet(scene, sheet.approver, sheet.author, {"HEA": [sheet.health]}, {"HEA": "Nouveau."})
    scene.commit()
    old, new = public.get(f"{SHEET}/editions/1").text, public.get(f"{SHEET}/editions/2").text
    assert "You are reading edition 1" in old
    assert "Les loyers se fixent en dollars." in old
    assert "You are reading" not in new
    assert "Nouveau." in public.get(SHEET).text
    assert "/en/sheet/COD/editions/1?language=fr" in public.get(SHEET).text


def test_the_word_file_comes_as_an_attachment_that_may_be_kept(public: Browser, sheet: Sheet):
    answer = public.get(f"{SHEET}.docx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="terrain-COD-fr-1.docx"'
    assert "Loyer à Kinshasa" in words_of(answer.data)
    assert docx.Document(io.BytesIO(answer.data)).core_properties.author == ""
    assert public.get(f"{SHEET}.docx", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert public.get(f"{SHEET}/editions/1.docx").data == answer.data


def test_a_retracted_text_is_no_longer_handed_out_in_the_word_file(public: Browser, scene: Session, sheet: Sheet):
    before = public.get(f"{SHEET}.docx")
    change_text(scene, sheet.housing, state="retracted", notice="Ces prix étaient faux.")
    scene.commit()
    after = public.get(f"{SHEET}.docx", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Ces prix étaient faux." in words_of(after.data)
    assert "Un reçu" not in words_of(after.data)
    assert "Loyer à Kinshasa" in words_of(before.data)
    assert "Loyer à Kinshasa" not in words_of(after.data)


def test_the_pdf_comes_beside_the_word_file_kept_since_it_was_published(public: Browser, scene: Session, sheet: Sheet):
    answer = public.get(f"{SHEET}.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="terrain-COD-fr-1.pdf"'
    assert answer.mimetype == "application/pdf"
    [kept] = published_editions(scene)
    assert answer.data == kept.pdf
    assert kept.pdf_size == len(kept.pdf)
    assert public.get(f"{SHEET}/editions/1.pdf").data == answer.data
    assert public.get(f"{SHEET}.pdf", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert unspaced("Loyer à Kinshasa") in pdf_words(answer.data)
    for path, files_of in ((SHEET, f"{SHEET}.pdf"), (f"{SHEET}/editions/1", f"{SHEET}/editions/1.pdf")):
        assert f'href="{files_of}?language=fr"' in public.get(path).text


def test_what_was_retracted_leaves_the_pdf_and_is_made_once_for_all_who_ask(
    public: Browser, scene: Session, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
):
    files.remembered_file.cache_clear()
    before = public.get(f"{SHEET}.pdf")
    change_text(scene, sheet.housing, state="retracted", notice="Ces prix étaient faux.")
    scene.commit()
    after = public.get(f"{SHEET}.pdf", headers={"If-None-Match": before.headers["ETag"]})
    words = pdf_words(after.data)
    for said in ("Ces prix étaient faux.", "Tout n’est pas à jour."):
        assert unspaced(said) in words
    assert unspaced("Loyer à Kinshasa") not in words
    assert unspaced("Un reçu") not in words
    monkeypatch.setattr(files, "sheet_pdf", lambda sheet: pytest.fail("made again"))
    assert public.get(f"{SHEET}.pdf").data == after.data


def test_an_edition_of_before_there_were_pdfs_has_one_too(public: Browser, scene: Session, sheet: Sheet):
    kept = pdf_words(public.get(f"{SHEET}.pdf").data)
    scene.execute(update(PublishedEdition).values(pdf=None, pdf_size=None))
    scene.commit()
    made = pdf_words(public.get(f"{SHEET}.pdf").data)
    assert made.replace("http://127.0.0.1:8000", LINKS.public) == kept  # where this site is, and where it was then
    assert f"{SHEET}.pdf?language=fr" in public.get(SHEET).text


def test_without_letters_for_it_no_pdf_is_offered(public: Browser, scene: Session, sheet: Sheet, monkeypatch):
    files.remembered_file.cache_clear()
    scene.execute(update(PublishedEdition).values(pdf=None, pdf_size=None))
    scene.commit()
    monkeypatch.setattr(press, "families", frozenset)
    assert ".pdf" not in public.get(SHEET).text
    assert public.get(f"{SHEET}.pdf").status_code == 404
    assert public.get(f"{SHEET}.docx").status_code == 200


def test_nobody_has_files_made_without_end(public: Browser, sheet: Sheet, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(policy, "SHEET_FILES_PER_NETWORK", "3 per minute")
    answers = [public.get(f"{SHEET}.{kind}").status_code for kind in ("pdf", "docx", "pdf", "docx")]
    assert answers == [200, 200, 200, 429]
    assert public.get(SHEET).status_code == 200


def test_the_page_may_be_kept_and_sets_no_cookie(public: Browser, sheet: Sheet):
    answer = public.get(SHEET)
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("texts", [3, 300])
def test_a_sheet_costs_the_same_statements_however_long_it_is(public: Browser, scene: Session, texts: int):
    author, approver = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    refs = {group: [make_text(scene, group) for _ in range(texts // 3)] for group in ("HEA", "HOU", "EDU")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("config.policy.SHEET_PINS_MAX", 100)
        make_sheet(scene, author, approver, refs)
    scene.commit()
    with public.statements() as seen:
        assert public.get(SHEET).status_code == 200
    assert len([one for one in seen if "select" in one.lower()]) <= 4
    assert not re.search(r"\b(docx|pdf)\b(?!_)", seen[0])


def section(page: str, group: str) -> str:
    return page.split(f'<section class="stack mt6" id="{group}"')[1].split("</section>", maxsplit=1)[0]


def test_a_section_without_texts_says_what_is_published_elsewhere(public: Browser, scene: Session, sheet: Sheet):
    beyond = make_text(scene, "EDU", title="Écoles à Goma")
    make_text(scene, "MOV", title="Texte gardé de côté", state="on_hold")
    make_text(scene, "WOR", title="Ailleurs", country="RWA")
    scene.commit()
    page = public.get(SHEET).text
    education = section(page, "EDU")
    assert f'<a href="/en/e/{beyond}" lang="fr" dir="auto">Écoles à Goma</a>' in education
    assert 'href="/en/c/COD/EDU"' in education
    assert "Nobody has looked" not in education
    for empty in ("MOV", "WOR"):
        assert "Nobody has looked for this yet." in section(page, empty)
        assert "this edition does not contain" not in section(page, empty)
    assert "this edition does not contain" not in section(page, "HEA")


def test_an_introduction_alone_is_not_called_nothing(public: Browser, scene: Session, sheet: Sheet):
    make_sheet(scene, sheet.author, sheet.approver, {"HEA": [sheet.health]}, {"SOC": "Les aides sont rares."})
    scene.commit()
    social = section(public.get(SHEET).text, "SOC")
    assert "Les aides sont rares." in social
    assert "Nobody has looked" not in social


def test_a_word_file_says_the_same(public: Browser, scene: Session, sheet: Sheet):
    make_text(scene, "EDU", title="Écoles à Goma")
    make_sheet(scene, sheet.author, sheet.approver, {"HEA": [sheet.health]}, {"SOC": "Les aides sont rares."})
    scene.commit()
    words = words_of(public.get(f"{SHEET}.docx").data)
    assert words.count("Il existe sur ce sujet des textes publiés que cette édition ne contient pas.") == 2  # HOU, EDU
    assert words.count("Personne n’a encore cherché cela.") == 6
