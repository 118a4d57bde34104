"""Many slow forms at once: the portal opens a few, tells the rest to come again, loses nothing, and goes on afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from subprocess import Popen
from threading import Event, Lock, Thread
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import sandbox
from config import policy
from sandbox import running
from sandbox.kinds import KINDS, Kind
from tests.factories import make_answer, make_assignment, make_question, make_researcher
from tests.http.portal.test_files import FORM
from tests.http.portal.test_word import body_of, form_of, page_of
from tests.word_forms import fill
from workflows.answers.models import Answer
from workflows.answers.word_upload_models import WordUpload

CROWD = 8
"""As many as the portal has threads."""


class Processes:
    """Counts the sandboxes that live at once. They hang, until `end` kills them."""

    def __init__(self) -> None:
        self.alive: list[Popen[bytes]] = []
        self.started = 0
        self.most = 0
        self.full = Event()
        self._lock = Lock()

    def start(self, *arguments: Any, **options: Any) -> "Popen[bytes]":
        process = Popen(*arguments, **options)
        with self._lock:
            self.started += 1
            self.alive = [one for one in self.alive if one.poll() is None] + [process]
            self.most = max(self.most, len(self.alive))
            if len(self.alive) == policy.SANDBOXES_AT_ONCE:
                self.full.set()
        return process

    def end(self) -> None:
        with self._lock:
            for process in self.alive:
                process.kill()


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Processes]:
    """Every form that is sent while this lasts is a slow one."""
    counted = Processes()
    with monkeypatch.context() as slow:
        slow.setattr(running.subprocess, "Popen", counted.start)
        slow.setitem(KINDS, "word-form", Kind("tests.sandbox.sleeper", {}))
        slow.setattr(policy, "SANDBOX_PATIENCE", timedelta(0))
        yield counted
        counted.end()


@pytest.fixture
def writers(portal, scene: Session, partner) -> list[tuple[Any, Any]]:
    """As many researchers, each at a task of their own."""
    found = []
    for number in range(50, 50 + CROWD):
        task = make_assignment(scene, partner, make_question(scene, number=number), state="accepted", number=number)
        make_answer(scene, task)
        found.append((make_researcher(scene, partner, language="en"), task))
    scene.commit()
    return [(portal.sign_in(researcher.id), task) for researcher, task in found]


def test_no_more_than_a_few_are_opened_and_the_others_are_told_to_come_again(scene, writers, processes) -> None:
    answers: dict[int, Any] = {}
    bodies = [body_of(browser, form_of(browser, task, fill("Q1.text", "Mine."))) for browser, task in writers]

    def upload(number: int) -> None:
        browser, task = writers[number]
        answers[number] = browser.client.post(page_of(task), data=bodies[number], content_type=FORM)

    crowd = [Thread(target=upload, args=(number,)) for number in range(CROWD)]
    for one in crowd:
        one.start()
    assert processes.full.wait(60)
    while len(answers) < CROWD - policy.SANDBOXES_AT_ONCE:
        next(one for number, one in enumerate(crowd) if number not in answers and one.is_alive()).join(0.1)
    turned_away = [answer for answer in answers.values() if answer.status_code == 503]
    assert len(turned_away) == CROWD - policy.SANDBOXES_AT_ONCE
    for answer in turned_away:
        assert "Nothing is lost: send this file again in a minute." in answer.text
        assert answer.headers["Retry-After"] == "60"
    processes.end()
    for one in crowd:
        one.join()
    assert (processes.most, processes.started) == (policy.SANDBOXES_AT_ONCE, policy.SANDBOXES_AT_ONCE)
    assert sorted(answer.status_code for answer in answers.values())[: policy.SANDBOXES_AT_ONCE] == [422, 422]
    scene.expire_all()
    assert scene.scalars(select(WordUpload)).all() == []
    assert set(scene.scalars(select(Answer.version))) == {1}


def test_once_they_are_done_the_same_file_is_taken(scene, writers, monkeypatch) -> None:
    browser, task = writers[0]
    body = body_of(browser, form_of(browser, task, fill("Q1.text", "Mine.")))
    monkeypatch.setattr(policy, "SANDBOX_PATIENCE", timedelta(0))
    turns = [running.TURNS.take(timedelta(0)) for _ in range(policy.SANDBOXES_AT_ONCE)]
    assert None not in turns
    assert browser.client.post(page_of(task), data=body, content_type=FORM).status_code == 503
    for turn in turns:
        running.TURNS.give_back(turn)
    assert browser.client.post(page_of(task), data=body, content_type=FORM).status_code == 303
    assert scene.scalar(select(func.count()).select_from(WordUpload)) == 1


def test_a_turn_is_given_back_however_the_work_ends(monkeypatch) -> None:
    monkeypatch.setattr(policy, "SANDBOX_PATIENCE", timedelta(0))
    for _ in range(policy.SANDBOXES_AT_ONCE + 1):
        with pytest.raises(sandbox.Refused):
            sandbox.run("pdf", b"%PDF-1.7 no more")
    monkeypatch.setattr(policy, "SANDBOX_LONGEST", timedelta(0))
    for _ in range(policy.SANDBOXES_AT_ONCE + 1):
        with pytest.raises(sandbox.Broken) as ended:
            running.run_kind(Kind("tests.sandbox.sleeper", {}), b"x")
        assert not isinstance(ended.value, sandbox.Busy)
