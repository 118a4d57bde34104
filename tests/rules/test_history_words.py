"""Whatever the history records, it has a word for: every move, every other event, every kind of row."""

import ast
import re
from pathlib import Path

import pytest

from workflows.accounts.desk import SITES
from workflows.lifecycles import LADDERS, LIFECYCLES, OUTSIDE
from workflows.notices.audience import MODELS, OWN_NOTICES
from workflows.notices.history_words import DEEDS, GROUPS, HAPPENED, OBJECTS, deed_of

ROOT = Path(__file__).resolve().parents[2]
OPENED = re.compile(r'log_reading\(.+, "([a-z_]+)"\)')
KIND = re.compile(rf"({'|'.join([*GROUPS, 'excerpt_version', 'reply'])})\.(?!id$)[a-z_]+")


def written_down() -> set[str]:
    """The kinds that stand in the code by name; ladders are named in the same way."""
    texts = {
        node.value
        for file in (ROOT / "workflows").rglob("*.py")
        if file.name != "history_words.py"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if KIND.fullmatch(text)} - {ladder.name for ladder in LADDERS}


def kinds() -> set[str]:
    moves = {f"{one.name}.{move}" for one in LIFECYCLES for move in ("open", *(move.name for move in one.moves))}
    accounts = {f"{kind.__tablename__}.{deed}" for kind in SITES for deed in ("invite", "change", "deactivate")}
    return moves | accounts | set(OUTSIDE) | set(OWN_NOTICES) | written_down() | readings()


def readings() -> set[str]:
    """The openings of restricted text that the sites note."""
    files = (file for folder in ("webapp", "partner_portal") for file in (ROOT / folder).rglob("*.py"))
    return {f"reading.{what}" for file in files for what in OPENED.findall(file.read_text())}


def test_enough_kinds_are_found() -> None:
    assert {"question.take_over", "letter.handle", "staff.change_roles", "message.note"} <= written_down()
    assert {"reading.original", "reading.identity", "reading.caseload_export"} <= readings()
    assert len(kinds()) > 90


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_of_event_has_a_word_and_a_group(kind: str) -> None:
    assert deed_of(kind) != HAPPENED
    assert kind.startswith((*GROUPS, "reply."))


def test_a_reminder_has_a_word_whatever_it_is_about() -> None:
    assert all(deed_of(f"{ladder.name}.remind") for ladder in LADDERS)


def test_no_word_stands_for_what_never_happens() -> None:
    assert set(DEEDS) - kinds() == set()


def test_every_kind_of_row_has_a_word() -> None:
    recorded = {"request", "letter", "partner_organisation", "partner_absence", *(kind.__tablename__ for kind in SITES)}
    assert set(OBJECTS) == set(MODELS) | recorded
