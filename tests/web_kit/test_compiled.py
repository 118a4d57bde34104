"""A template is compiled once for all processes, and again when its words change."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from web_kit.compiled import Compiled


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text("Hello {{ who }}")
    return tmp_path


def started(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Environment, list[str]]:
    """The environment of a new process, and the templates that it compiles."""
    compiled: list[str] = []
    environment = Environment(loader=FileSystemLoader(folder), bytecode_cache=Compiled(folder), autoescape=True)
    compile_one = environment.compile

    def note(source, name=None, *rest, **named):
        compiled.append(name)
        return compile_one(source, name, *rest, **named)

    monkeypatch.setattr(environment, "compile", note)
    return environment, compiled


def said(environment: Environment) -> str:
    return environment.get_template("page.html").render(who="you")


def test_the_next_process_does_not_compile_a_template_again(folder, monkeypatch) -> None:
    first, compiled = started(folder, monkeypatch)
    assert said(first) == "Hello you"
    assert compiled == ["page.html"]
    second, again = started(folder, monkeypatch)
    assert said(second) == "Hello you"
    assert again == []


def test_a_template_that_was_changed_is_compiled_again(folder, monkeypatch) -> None:
    said(started(folder, monkeypatch)[0])
    (folder / "page.html").write_text("Good day {{ who }}")
    changed, compiled = started(folder, monkeypatch)
    assert said(changed) == "Good day you"
    assert compiled == ["page.html"]


def test_a_cut_file_is_compiled_again(folder, monkeypatch) -> None:
    said(started(folder, monkeypatch)[0])
    (kept,) = (folder / "__pycache__").rglob("*.cache")
    kept.write_bytes(kept.read_bytes()[:-20])
    mended, compiled = started(folder, monkeypatch)
    assert said(mended) == "Hello you"
    assert compiled == ["page.html"]


def test_where_nothing_may_be_written_the_page_is_there_all_the_same(folder, monkeypatch) -> None:
    (folder / "__pycache__").write_text("a file, so that no folder can be made here")
    environment, compiled = started(folder, monkeypatch)
    assert said(environment) == "Hello you"
    assert compiled == ["page.html"]
