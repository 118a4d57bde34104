"""Logs: one JSON object a line on stdout, with the ids of request and question; never what a person wrote.

The guard is in the form, not in good intentions: values are ids, numbers, dates and codes, any other text is replaced
by its length; an error is logged as its type and its places, without its message, which may quote a row.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog

ROOT = Path(__file__).resolve().parent.parent
# A code is neither a telephone number nor a network address.
CODE = re.compile(r"(?!\d{9,}$)(?!\d+(\.\d+){3}$)[A-Za-z0-9_.:/<>-]{1,120}")
# Loggers that would repeat at length what we say ourselves, or speak of every connection.
QUIETER = {
    "alembic": logging.WARNING,
    "celery.app.trace": logging.ERROR,
    "celery.beat": logging.WARNING,
    "celery.worker.strategy": logging.WARNING,
    "kombu.connection": logging.ERROR,
}

EventDict = MutableMapping[str, Any]


def configure(process: str, level: int = logging.INFO) -> None:
    """Send everything this process logs, the standard library's loggers included, through the guard to stdout."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, _only_codes, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_template_of_errors, structlog.stdlib.add_logger_name, *shared, _only_codes],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _error_without_message,
                _named(process),
                structlog.processors.JSONRenderer(sort_keys=True),
            ],
        )
    )
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIETER.items():
        logging.getLogger(name).setLevel(least)
    logging.getLogger("gunicorn.error").addFilter(_without_sender)
    for name in ("gunicorn.error", "celery", "werkzeug"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for events named by a code, with ids and numbers as keywords: `log.info("letter.sent", delivery=id)`."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger


@contextmanager
def about(**ids: UUID | str | int | None) -> Iterator[None]:
    """Put these ids (`request_id`, `question_id`, …) on every line logged inside, in this thread or task only."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield


def also_about(**ids: UUID | str | int | None) -> None:
    """Add ids that became known on the way, until the enclosing `about` or `forget` ends."""
    structlog.contextvars.bind_contextvars(**ids)


def forget() -> None:
    """Drop all ids: the thread is about to work on something else."""
    structlog.contextvars.clear_contextvars()


def _only_codes(_: Any, __: str, event: EventDict) -> EventDict:
    kept = {"event", "level", "timestamp", "exc_info", "stack_info", "_record", "_from_structlog"}
    return {name: value if name in kept else _safe(value) for name, value in event.items()}


def _safe(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, UUID | date | timedelta):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_safe(item) for item in value]
    if isinstance(value, Mapping):
        return {str(_safe(key)): _safe(item) for key, item in value.items()}
    text = str(value)
    return text if CODE.fullmatch(text) else f"({len(text)} characters)"


def _template_of_errors(_: Any, __: str, event: EventDict) -> EventDict:
    """A library's line about an error keeps its wording but not its arguments: they hold the error's message."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and record.exc_info:
        event["event"] = str(record.msg)
    return event


def _without_sender(record: logging.LogRecord) -> bool:
    """Of a request that it cannot read, gunicorn names the sender and quotes it. Say only that there was one."""
    if str(record.msg).startswith("Invalid request"):
        record.msg, record.args = "Invalid request", ()
    return True


def _error_without_message(_: Any, __: str, event: EventDict) -> EventDict:
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = [_described(each) for each in _chain(error)]
    return event


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _described(error: BaseException) -> dict[str, object]:
    places = [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    described: dict[str, object] = {"type": f"{type(error).__module__}.{type(error).__qualname__}", "at": places[-12:]}
    if code := getattr(error, "sqlstate", None):
        described["sqlstate"] = code
    return described


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])


def _named(process: str) -> structlog.typing.Processor:
    def name(_: Any, __: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    return name
