"""The answer to somebody one helps, as a file: for whoever asked in their name, and for no other counsellor."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.factories import make_counsellor, make_question, make_request
from tests.requesters import publish, send_reply
from tests.sites import Browser
from workflows.core.actors import Counsellor
from workflows.replies.models import Reply, ReplyPin
from workflows.requests.models import Question
from workflows.sheets import press


@pytest.fixture
def counsellor(scene: Session) -> Counsellor:
    return make_counsellor(scene)


def asked(scene: Session, counsellor: Counsellor, **values: object) -> Question:
    case = make_request(scene, counsellor_id=counsellor.id, label="B.M.", contact=None, code_key_version=0)
    return make_question(scene, case, ("Is insulin sold there?",), **values)


@pytest.fixture
def answered(scene: Session, counsellor: Counsellor) -> Question:
    question = asked(scene, counsellor, state="answered")
    publish(scene, "COD-HEA-0001")
    reply = send_reply(scene, question)
    scene.add(ReplyPin(reply_id=reply.id, ref="COD-HEA-0001", number=1, position=1))
    scene.commit()
    return question


def address(question: Question, kind: str, lang: str = "en") -> str:
    return f"/{lang}/caseload/{question.request_id}/answer/{question.id}.{kind}"


def words_of(docx: bytes) -> str:
    with ZipFile(BytesIO(docx)) as file:
        return " ".join(re.sub(r"<[^>]+>", " ", file.read("word/document.xml").decode()).split())


@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_a_case_offers_its_answer_as_a_word_file_and_a_pdf(
    caseload: Browser, counsellor: Counsellor, answered: Question, lang: str
) -> None:
    caseload.sign_in(counsellor.id)
    page = caseload.get(f"/{lang}/caseload/{answered.request_id}").text
    files = {kind: caseload.get(address(answered, kind, lang)) for kind in ("docx", "pdf")}
    for kind, answer in files.items():
        assert f'href="{address(answered, kind, lang)}"' in page
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert f"text.{kind}" in answer.headers["Content-Disposition"]
    words = words_of(files["docx"].data)
    assert "Is insulin sold there?" in words
    assert "Two pharmacies of three have it" in words
    assert "COD-HEA-0001" in words
    assert "B.M." not in words
    assert b"/Lang(en)" in files["pdf"].data


@pytest.mark.parametrize(("language", "said", "beside"), [
    ("ar", "جوابك", "Word file · in Arabic"), ("nl", "Je antwoord", "Word file · in Dutch"),
    ("en", "Your answer", "Word file"), ("so", "Your answer", "Word file"),
])  # fmt: skip
def test_its_files_are_in_the_language_of_the_answer_whatever_the_page_is_in(
    caseload: Browser, scene: Session, counsellor: Counsellor, answered: Question, language: str, said: str, beside: str
) -> None:
    scene.execute(update(Reply).values(language=language))
    scene.commit()
    caseload.sign_in(counsellor.id)
    assert f"{beside}</a>" in caseload.get(f"/en/caseload/{answered.request_id}").text
    assert said in words_of(caseload.get(address(answered, "docx")).data)
    in_catalogue = language if language != "so" else "en"
    assert f"/Lang({in_catalogue})".encode() in caseload.get(address(answered, "pdf")).data


def test_no_other_counsellor_finds_the_file_and_there_is_none_before_the_answer(
    caseload: Browser, scene: Session, counsellor: Counsellor, answered: Question
) -> None:
    waiting, other = asked(scene, counsellor, state="triaged"), make_counsellor(scene)
    scene.commit()
    caseload.sign_in(counsellor.id)
    assert "/answer/" not in caseload.get(f"/en/caseload/{waiting.request_id}").text
    assert caseload.get(address(waiting, "docx")).status_code == 409
    caseload.sign_in(other.id)
    for kind in ("docx", "pdf"):
        assert caseload.get(address(answered, kind)).status_code == 404


def test_where_no_pdf_can_be_made_only_the_word_file_is_offered(
    caseload: Browser, counsellor: Counsellor, answered: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "families", frozenset)
    caseload.sign_in(counsellor.id)
    page = caseload.get(f"/en/caseload/{answered.request_id}").text
    assert address(answered, "docx") in page
    assert address(answered, "pdf") not in page
    assert caseload.get(address(answered, "pdf")).status_code == 404
