"""Logs: JSON lines with the ids of what is being worked on, and nothing that a person wrote."""

import io
import json
import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest
import structlog

from config import logs


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    output = io.StringIO()
    monkeypatch.setattr("sys.stdout", output)
    logs.configure("web")
    yield output
    root.handlers[:], root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def _read(output: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_every_line_says_process_request_and_question(lines: io.StringIO) -> None:
    question = uuid4()
    with logs.about(request_id="r-1", question_id=question):
        logs.get_logger("test").info("question.opened", count=3)
        logging.getLogger("some.library").warning("slow")
    logs.get_logger("test").info("idle")
    ours, theirs, after = _read(lines)
    for line in (ours, theirs):
        assert (line["process"], line["request_id"], line["question_id"]) == ("web", "r-1", str(question))
    assert ours["count"] == 3
    assert "question_id" not in after


def test_what_a_person_wrote_is_replaced_by_its_length(lines: io.StringIO) -> None:
    logs.get_logger("test").info(
        "said", text="I live in Mbuji-Mayi", mail="a@b.example", phone="0470123456", host="10.1.2.3", id="12345678"
    )
    (line,) = _read(lines)
    assert line["text"] == "(20 characters)"
    assert line["mail"] == "(11 characters)"
    assert line["phone"] == "(10 characters)"
    assert line["host"] == "(8 characters)"
    assert line["id"] == "12345678"


def test_an_error_is_logged_without_its_message(lines: io.StringIO) -> None:
    try:
        _fail()
    except RuntimeError as error:
        logs.get_logger("test").exception("failed")
        logging.getLogger("some.library").exception("it raised %r", error)  # noqa: TRY401 -- as libraries do
    assert "Anna" not in lines.getvalue()
    for line in _read(lines):
        assert [each["type"] for each in line["error"]] == ["builtins.RuntimeError", "builtins.ValueError"]
        assert "test_logs.py" in line["error"][0]["at"][-1]


def _fail() -> None:
    try:
        int("Anna, 0470123456")
    except ValueError as error:
        raise RuntimeError("about Anna") from error
