"""What Celery is told: ticks without payload that expire, a broker in files or on Redis, jobs that beat or say why not."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

import tasks.attachments
import tasks.clock
import tasks.dumps
import tasks.outbox
import tasks.subscribers
import tasks.upkeep
from config import policy
from config.settings import WorkerSettings
from tasks import app as application
from tasks.app import HANDED_OUT_AGAIN, LONGEST_JOB, app, configuration
from tasks.schedule import PERIODS, beat_schedule
from tasks.world import World
from tests.factories import NOW
from tests.world import SetClock, look
from workflows.core.heartbeat import Heartbeat, silence

JOBS = [tasks.attachments.clean, tasks.clock.sweep, tasks.dumps.write, tasks.outbox.fan_out, tasks.outbox.send,
        tasks.subscribers.tell, tasks.upkeep.seal, tasks.upkeep.ready, tasks.upkeep.tidy]  # fmt: skip


@pytest.fixture
def settings(environment: dict[str, str], tmp_path: Path) -> WorkerSettings:
    return WorkerSettings.from_environment(environment | {"DATA_DIR": str(tmp_path)})


def test_every_job_has_a_period_and_every_period_a_job() -> None:
    assert {f"{job.__module__}.{job.__name__}" for job in JOBS} == set(PERIODS)


def test_a_tick_carries_nothing_and_expires_after_one_period() -> None:
    for name, entry in beat_schedule().items():
        assert set(entry) == {"task", "schedule", "options"}
        assert entry["options"] == {"expires": PERIODS[name].total_seconds()}


def test_without_redis_ticks_are_files_below_the_data_folder(settings: WorkerSettings, tmp_path: Path) -> None:
    conf = configuration(settings)
    folder = Path(conf["broker_transport_options"]["folder"])
    assert conf["broker_url"] == "filesystem://"
    assert folder.is_dir()
    assert tmp_path in folder.parents


def test_on_redis_a_tick_comes_back_later_than_the_longest_job(
    environment: dict[str, str], settings: WorkerSettings
) -> None:
    conf = configuration(WorkerSettings.from_environment(environment | {"REDIS_URL": "redis://127.0.0.1:6379/0"}))
    assert conf["broker_url"] == "redis://127.0.0.1:6379/0"
    assert conf["broker_transport_options"]["visibility_timeout"] == HANDED_OUT_AGAIN > LONGEST_JOB
    assert policy.SWEEP_LONGEST.total_seconds() * 2 < LONGEST_JOB


def test_ticks_are_acknowledged_late_in_json_and_leave_no_result(settings: WorkerSettings) -> None:
    conf = configuration(settings)
    assert conf["task_acks_late"]
    assert conf["task_reject_on_worker_lost"]
    assert conf["worker_prefetch_multiplier"] == 1
    assert conf["accept_content"] == ["json"]
    assert conf["result_backend"] is None
    assert (conf["timezone"], conf["enable_utc"]) == ("UTC", True)


@pytest.fixture
def in_celery(
    world: World, environment: dict[str, str], settings: WorkerSettings, clean: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(application, "the_world", lambda: world)
    app.conf.update(configuration(settings))


@pytest.mark.parametrize("name", PERIODS)
def test_a_job_runs_and_frequent_ones_beat(in_celery: None, house: Engine, set_clock: SetClock, name: str) -> None:
    app.tasks[name].apply(throw=True)
    with look(house) as session:
        beats = session.scalars(select(Heartbeat.job)).all()
        assert beats == ([name] if PERIODS[name] < policy.HEARTBEAT_LATE_AFTER else [])
        assert (silence(session, NOW, policy.HEARTBEAT_LATE_AFTER) is not None) == (not beats)


def test_a_job_that_fails_does_not_beat_and_says_only_what_kind_of_error(
    in_celery: None, house: Engine, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def fail(_: Session, *__: object) -> None:
        raise ZeroDivisionError("fatima@example.net")

    monkeypatch.setattr(World, "begin", fail)
    app.tasks["tasks.upkeep.seal"].apply(throw=True)
    monkeypatch.undo()
    said = capsys.readouterr().out
    assert "ZeroDivisionError" in said
    assert "fatima" not in said
    with look(house) as session:
        assert session.scalars(select(Heartbeat.job)).all() == []


def test_a_tick_on_the_file_broker_holds_a_bare_name(in_celery: None, settings: WorkerSettings) -> None:
    with app.connection_for_write() as connection, app.amqp.Producer(connection) as producer:
        app.tasks["tasks.clock.sweep"].apply_async(producer=producer, expires=30)
    (file,) = settings.broker_folder.iterdir()
    message = json.loads(file.read_text())
    assert message["headers"]["task"] == "tasks.clock.sweep"
    assert message["headers"]["argsrepr"] == "()"
    assert message["headers"]["expires"]
