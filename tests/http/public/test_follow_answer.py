"""The answer to keep: as a page, a Word file and a tagged PDF, for whoever asked and nobody else."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.factories import NOW, make_request
from tests.http.public.conftest import fresh
from tests.pdf_words import pdf_words, unspaced, words_by_language
from tests.published import make_published
from tests.requesters import publish, send_reply
from workflows.core import clock
from workflows.core.clock import now
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.replies.models import Recall, ReplyPin
from workflows.requests.models import Question
from workflows.sheets import press
from workflows.sheets.words import day_in


@pytest.fixture
def answered(public, scene: Session) -> Question:
    question = fresh(scene, points=("Is insulin sold there?",), state="answered")
    publish(scene, "COD-HEA-0001")
    reply = send_reply(scene, question)
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
    scene.add(Recall(reply_id=reply.id, question_id=question.id, ref="COD-HEA-0001", kind="corrected", at=now()))
    scene.commit()
    public.sign_in(question.request_id)
    return question


def pin_to(scene: Session, question: Question, ref: str) -> None:
    """Answer the question with the first version of a text."""
    scene.add(ReplyPin(reply_id=send_reply(scene, question).id, ref=ref, number=1, position=1))
    scene.commit()


def words_of(docx: bytes) -> str:
    with ZipFile(BytesIO(docx)) as file:
        return " ".join(re.sub(r"<[^>]+>", " ", file.read("word/document.xml").decode()).split())


@pytest.mark.parametrize("lang", ["en", "fr", "nl", "ar"])
def test_the_page_the_word_file_and_the_pdf_open_in_every_language_of_requesters(public, answered, lang):
    address = f"/{lang}/q/answer/{answered.id}"
    assert f'href="{address}"' in public.get(f"/{lang}/q/status").text
    page = public.get(address)
    assert f'href="{address}.docx"' in page.text
    assert "Two pharmacies of three have it." in page.text
    word = public.get(f"{address}.docx")
    assert "Two pharmacies of three have it" in words_of(word.data)
    for answer in (page, word, public.get(f"{address}.pdf")):
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "COD" not in answer.headers.get("Content-Disposition", "")


def test_in_arabic_an_answer_is_called_by_one_word_on_its_page_and_in_its_file(public, answered):
    address = f"/ar/q/answer/{answered.id}"
    page = public.get(address).text
    assert "<h1>جوابك</h1>" in page
    for words in (page, words_of(public.get(f"{address}.docx").data)):
        assert "جوابك" in words
        assert "إجابتك" not in words


def test_what_became_of_a_text_stands_before_the_answer(public, answered):
    address = f"/en/q/answer/{answered.id}"
    for words in (public.get(address).text, words_of(public.get(f"{address}.docx").data)):
        assert words.index("We corrected a page") < words.index("Two pharmacies of three")
        assert "Is insulin sold there?" in words
        assert "COD-HEA-0001" in words


def test_the_pdf_is_tagged_and_says_its_language_and_direction(public, answered):
    english, arabic = (public.get(f"/{lang}/q/answer/{answered.id}.pdf").data for lang in ("en", "ar"))
    for file in (english, arabic):
        assert file.startswith(b"%PDF-")
        assert b"pdfuaid:part>1<" in file
        assert b"/StructTreeRoot" in file
    assert b"/Lang(en)" in english
    assert b"/Lang(ar)" in arabic
    assert b"/Direction/R2L" in arabic


def test_without_letters_for_a_language_no_pdf_is_offered(public, answered, monkeypatch):
    monkeypatch.setattr(press, "families", lambda: frozenset({"Libertinus Serif"}))
    address = f"/ar/q/answer/{answered.id}"
    page = public.get(address).text
    assert f"{address}.docx" in page
    assert f"{address}.pdf" not in page
    assert public.get(f"{address}.pdf").status_code == 404
    assert public.get(f"/en/q/answer/{answered.id}.pdf").status_code == 200


def test_nobody_else_finds_it_and_nothing_is_there_before_it_is_sent(public, answered, scene):
    stranger = make_request(scene)
    unanswered = fresh(scene, stranger)
    scene.commit()
    public.sign_in(stranger.id)
    for question, refused in ((answered, 404), (unanswered, 409)):
        for ending in ("", ".docx", ".pdf"):
            assert public.get(f"/en/q/answer/{question.id}{ending}").status_code == refused


def test_what_somebody_typed_is_never_run_as_a_program_of_the_page(public, scene):
    question = fresh(scene, points=('#read("/etc/passwd") $x$ *_[`', "{page} #panic()"), state="answered")
    send_reply(scene, question)
    scene.commit()
    public.sign_in(question.request_id)
    assert public.get(f"/en/q/answer/{question.id}.pdf").status_code == 200


def test_a_text_in_another_language_than_the_page_says_which(public, answered):
    address = f"/nl/q/answer/{answered.id}"
    assert " · in het Frans" in public.get("/nl/q/status").text
    assert " · in het Frans" in public.get(address).text
    assert "in het Frans" in words_of(public.get(f"{address}.docx").data)
    assert "en français" not in public.get(f"/fr/q/answer/{answered.id}").text


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_each_part_of_the_files_says_the_language_that_it_was_written_in(public, scene, lang):
    question = fresh(scene, points=("Wordt daar insuline verkocht?",), neutral_language="nl", state="answered")
    publish(scene, "COD-HEA-0001", title="Insuline à Kinshasa", summary="Deux pharmacies en ont.")
    reply = send_reply(scene, question, "La encontrarás en Kinshasa.", language="es")
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
    scene.commit()
    public.sign_in(question.request_id)
    address = f"/{lang}/q/answer/{question.id}"
    spoken = words_by_language(public.get(f"{address}.pdf").data)
    written = public.get(f"{address}.docx").data
    with ZipFile(BytesIO(written)) as file:
        runs = re.findall(
            r'<w:lang w:val="([^"]+)"/></w:rPr><w:t[^>]*>([^<]+)<', file.read("word/document.xml").decode()
        )
    assert spoken.keys() == {lang, "nl", "es", "fr"}
    assert spoken["nl"] == unspaced("Wordt daar insuline verkocht?")
    assert spoken["es"] == unspaced("La encontrarás en Kinshasa.")
    assert spoken["fr"].startswith(unspaced("Insuline à Kinshasa Deux pharmacies en ont."))
    assert runs[:4] == [
        ("nl-BE", "Wordt daar insuline verkocht?"),
        ("es", "La encontrarás en Kinshasa."),
        ("fr-BE", "Insuline à Kinshasa"),
        ("fr-BE", "Deux pharmacies en ont."),
    ]
    assert {language for language, _ in runs[4:]} == {"fr-BE"}


@pytest.mark.parametrize(("lang", "read_in"), [("fr", "fr"), ("ar", "ar")])
def test_a_kept_answer_says_in_letters_where_each_text_is_read_as_it_is_now(public, answered, lang, read_in):
    address = f"/{lang}/q/answer/{answered.id}"
    where = re.compile(rf"https?://[a-z0-9.:-]+/{read_in}/e/COD-HEA-0001")
    assert where.search(words_of(public.get(f"{address}.docx").data))
    assert where.search(pdf_words(public.get(f"{address}.pdf").data))


@pytest.mark.parametrize(("past", "said"), [(False, "Jusqu’au"), (True, "Était valable jusqu’au")])
def test_a_kept_answer_says_the_last_day_of_a_text_as_what_it_is(public, answered, scene, past, said):
    scene.execute(delete(Recall))
    until = clock.today() - timedelta(days=1) if past else clock.today()
    text = scene.get_one(PublishedExcerpt, "COD-HEA-0001")
    text.valid_until = text.check_soon_from = until
    text.expires_on = until + timedelta(days=90)
    scene.commit()
    address = f"/fr/q/answer/{answered.id}"
    day = day_in(until, "fr")
    assert f"· {said} {day}" in words_of(public.get(f"{address}.docx").data)
    assert ("était valable jusqu’au" in public.get(address).text) is past


def kept(public, question: Question) -> Iterator[str]:
    address = f"/fr/q/answer/{question.id}"
    yield words_of(public.get(f"{address}.docx").data)
    yield pdf_words(public.get(f"{address}.pdf").data)


def test_the_files_hold_all_that_the_texts_say_in_the_version_that_was_sent(public, scene):
    question = fresh(scene, state="answered")
    ref = make_published(
        scene,
        versions=2,
        body="## Prix\n\nDe 18 à 25 dollars [1].\n\nVoir [12](https://example.org).",
        unknown="Rien sur l’est.",
    )
    later = scene.get_one(PublishedVersion, (ref, 2))
    later.body = "De 40 dollars."
    pin_to(scene, question, ref)
    public.sign_in(question.request_id)
    assert "Les fichiers contiennent aussi ces textes en entier." in public.get(f"/fr/q/answer/{question.id}").text
    for words in map(unspaced, kept(public, question)):
        assert unspaced("Prix De 18 à 25 dollars.") in words
        assert re.search(r'Voir(HYPERLINK"https://example\.org")?12\.', words)
        assert unspaced("Ce que nous ne savons pas Rien sur l’est.") in words
        assert "40" not in words


@pytest.mark.parametrize("state", ["on_hold", "withdrawn"])
def test_the_files_do_not_hold_what_a_text_said_that_nobody_may_rely_on(public, scene, state):
    question = fresh(scene, state="answered")
    ref = make_published(scene, body="De 18 à 25 dollars.", unknown="Rien sur l’est.")
    text = scene.get_one(PublishedExcerpt, ref)
    text.state, text.listed, text.notice = state, False, "Le prix était faux."
    pin_to(scene, question, ref)
    public.sign_in(question.request_id)
    assert "ces textes en entier" not in public.get(f"/fr/q/answer/{question.id}").text
    for words in map(unspaced, kept(public, question)):
        assert ref in words
        assert "25dollars" not in words
        assert unspaced("Rien sur l’est.") not in words


def test_an_answer_that_was_put_right_says_so_wherever_it_is_kept(public, scene):
    question = fresh(scene, state="answered")
    first = send_reply(scene, question, "One pharmacy has it.")
    scene.flush()
    send_reply(scene, question, corrects_id=first.id, sent_at=NOW + timedelta(days=1))
    scene.commit()
    public.sign_in(question.request_id)
    page = re.sub(r"<[^>]+>", " ", public.get(f"/fr/q/answer/{question.id}").text)
    for words in map(unspaced, (page, *kept(public, question))):
        assert unspaced("Nous avons corrigé cette réponse") in words
