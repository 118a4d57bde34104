"""Files in the portal: sent, listed, taken out; what is wrong stands beside the field; a cut upload leaves nothing."""

import os
import socket
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from config import policy
from tests.factories import make_answer, make_assignment, make_attachment, make_partner, make_question, make_researcher
from tests.sandbox.photos import photo
from tests.word_forms import ODT, calling_itself
from web_kit.app import limiter
from workflows.answers.attachment_models import Attachment
from workflows.answers.models import Answer
from workflows.assignments.models import Assignment

CUTS = int(os.environ.get("CUTS", "60"))
"""At how many places an upload is cut; more than it has bytes: at each."""
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"


@pytest.fixture
def work(scene: Session, partner) -> Assignment:
    row = make_assignment(scene, partner, make_question(scene, state="triaged"), state="accepted")
    make_answer(scene, row)
    scene.commit()
    return row


def page_of(work: Assignment) -> str:
    return f"/w/t/{work.id}/files"


MARK = "zq-boundary"
FORM = f"multipart/form-data; boundary={MARK}"


def body_of(browser, data: bytes) -> bytes:
    """The form as a browser sends it."""
    token = f'--{MARK}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{browser.token()}\r\n'
    file = f'--{MARK}\r\nContent-Disposition: form-data; name="file"; filename="Rue de Mme Known.jpg"\r\n\r\n'
    return token.encode() + file.encode() + data + f"\r\n--{MARK}--\r\n".encode()


def send(browser, work: Assignment, data: bytes):
    return browser.client.post(page_of(work), data=body_of(browser, data), content_type=FORM)


def rows(scene: Session) -> list[Attachment]:
    scene.expire_all()
    return list(scene.scalars(select(Attachment).order_by(Attachment.number)))


def test_a_photo_is_sent_and_listed_under_a_name_of_ours(scene, work, browser) -> None:
    answer = send(browser, work, photo(1, "JPEG"))
    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(work))
    page = browser.get(page_of(work)).text
    assert "photo-1" in page
    assert "Being checked" in page
    assert "Known" not in page
    assert rows(scene)[0].kind == "image"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Choose a file that is not empty."),
        (b"A letter.", "This is not a photo"),
        (calling_itself(ODT), "Save it as .docx and send that."),
        (HEIC, "save a copy of the photo as JPEG"),
        (b"\xff\xd8\xff" + bytes(policy.UPLOAD_MAX_BYTES), "send it again. A file may have up to 10 MB."),
    ],
)
def test_what_is_wrong_stands_beside_the_field(scene, work, browser, data: bytes, said: str) -> None:
    answer = send(browser, work, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert rows(scene) == []


def test_the_advice_is_in_the_language_of_the_reader(scene, work, portal, partner) -> None:
    reader = make_researcher(scene, partner, language="fr")
    scene.commit()
    assert "enregistrez une copie de la photo en JPEG" in send(portal.sign_in(reader.id), work, HEIC).text


def test_a_form_without_a_file_is_told_to_choose_one(work, browser) -> None:
    page = browser.post(page_of(work)).text
    assert ("Choose a file that is not empty." in page, "Everything you wrote" in page) == (True, False)


def test_far_too_large_a_request_is_answered_with_a_page(scene, work, browser) -> None:
    answer = send(browser, work, bytes(policy.REQUEST_MAX_BYTES + 1))
    assert answer.status_code == 413
    assert "A file may have up to 10 MB." in answer.text
    assert f'href="/w/t/{work.id}"' in answer.text
    assert rows(scene) == []


def test_a_form_without_files_is_read_no_further_than_before(work, browser) -> None:
    answer = browser.post(f"/w/t/{work.id}/decline", {"text": "x" * 1_100_000})
    assert answer.status_code == 413
    assert "A file may" not in answer.text


@pytest.mark.parametrize("address", ["ask", "more-time", "release"])
def test_a_button_beside_the_answer_reads_a_whole_answer_and_no_more(work, browser, address) -> None:
    sizes = (policy.FORM_MAX_BYTES + 1, policy.ANSWER_FORM_MAX_BYTES + 1)
    told = [browser.post(f"/w/t/{work.id}/{address}", {"text": "x" * size}).status_code for size in sizes]
    assert told == [422, 413]


def test_a_file_is_taken_out(scene, work, browser) -> None:
    send(browser, work, photo(1, "JPEG"))
    assert browser.post(f"{page_of(work)}/{rows(scene)[0].id}/take-out").status_code == 303
    assert rows(scene) == []
    assert "No files yet" in browser.get(page_of(work)).text


def test_why_a_file_was_refused_is_said(scene, work, browser) -> None:
    answer = scene.scalars(select(Answer)).one()
    make_attachment(scene, answer, state="refused", reason="macros")
    scene.commit()
    assert "This file holds macros." in browser.get(page_of(work)).text


def test_a_refused_file_takes_no_place_of_one_that_is_good(scene, work, browser) -> None:
    answer = scene.scalars(select(Answer)).one()
    for number in range(1, 6):
        make_attachment(scene, answer, number=number, state="refused", reason="macros")
    scene.commit()
    assert 'type="file"' in browser.get(page_of(work)).text
    assert send(browser, work, photo(1, "JPEG")).status_code == 303
    assert [row.state for row in rows(scene)] == ["refused"] * 5 + ["quarantined"]


def test_after_five_files_there_is_no_form(scene, work, browser) -> None:
    answer = scene.scalars(select(Answer)).one()
    for number in range(1, 6):
        make_attachment(scene, answer, number=number)
    scene.commit()
    page = browser.get(page_of(work)).text
    assert 'type="file"' not in page
    assert "This answer holds as many files as it may." in page
    assert "Take one out first." in send(browser, work, photo(1, "JPEG")).text


def test_what_was_sent_is_listed_and_cannot_be_changed(scene, work, browser) -> None:
    answer = scene.scalars(select(Answer)).one()
    row = make_attachment(scene, answer, sent_in=1)
    answer.state = "submitted"
    scene.commit()
    page = browser.get(page_of(work)).text
    assert "document-1" in page
    assert "Take out" not in page
    assert send(browser, work, photo(1, "JPEG")).status_code == 409
    assert browser.post(f"{page_of(work)}/{row.id}/take-out").status_code == 409


def test_what_is_typed_is_saved_on_the_way_to_the_files(scene, work, browser) -> None:
    typed = {"version": "1", "files": "1", "points-0-code": "Q1", "points-0-text": "Typed first."}
    answer = browser.post(f"/w/t/{work.id}/answer", typed)
    assert answer.headers["Location"] == page_of(work)
    assert "Typed first." in browser.get(f"/w/t/{work.id}").text


def test_a_stranger_sees_nothing_and_sends_nothing(scene, work, portal) -> None:
    stranger = portal.sign_in(make_researcher(scene, make_partner(scene)).id)
    scene.commit()
    assert stranger.get(page_of(work)).status_code == 404
    assert send(stranger, work, photo(1, "JPEG")).status_code == 404


def test_the_page_asks_twice_however_many_files_there_are(scene, work, browser) -> None:
    answer = scene.scalars(select(Answer)).one()
    for number in range(1, 6):
        make_attachment(scene, answer, number=number)
    scene.commit()
    with browser.statements() as seen:
        browser.get(page_of(work))
    assert len(seen) == 2


def test_somebody_who_sends_very_many_is_asked_to_wait(work, browser, monkeypatch) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()
    answers = [browser.post(page_of(work)) for _ in range(61)]
    limiter.reset()
    assert [one.status_code for one in answers] == [422] * 60 + [429]
    assert answers[-1].headers["Retry-After"]
    assert "Please wait a little." in answers[-1].text


# --- over a real connection


@pytest.fixture
def port(browser) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, browser.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def request_of(browser, work: Assignment, data: bytes) -> bytes:
    """All bytes that a browser sends for an upload."""
    body = body_of(browser, data)
    cookies = "; ".join(f"{one.key}={one.value}" for one in browser.client._cookies.values())
    head = (
        f"POST {page_of(work)} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nConnection: close\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def answered(port: int, request: bytes, end: int | None = None) -> bytes:
    """Send the beginning of a request, hang up, and take in what comes."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(20)
        try:
            line.sendall(request[:end])
            line.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: line.recv(65536), b""))
        except OSError:
            return b""


def test_an_upload_cut_at_any_byte_leaves_nothing(scene, work, browser, port) -> None:
    request = request_of(browser, work, photo(1, "JPEG"))
    places = {1, 20, len(request) - 20, *range(len(request) - 2, 0, -max(len(request) // CUTS, 1)), len(request) - 1}
    for place in sorted(places):
        answered(port, request, place)
    assert scene.scalar(select(func.count()).select_from(Attachment)) == 0
    assert answered(port, request).startswith(b"HTTP/1.1 303")
    scene.rollback()
    assert scene.scalar(select(func.count()).select_from(Attachment)) == 1


def test_a_browser_that_sends_far_too_much_reads_the_page(scene, work, browser, port) -> None:
    answer = answered(port, request_of(browser, work, bytes(20 * 1024 * 1024)))
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"A file may have up to 10 MB." in answer
