"""What the documents name is there, and every setting is explained in the runbook."""

import re
from pathlib import Path

import pytest

from config.settings import EVERY_PROCESS, WorkerSettings
from ops.environment import PROCESSES
from tests.rules.house import ROOT

DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "adr").glob("*.md")])
RUNBOOK = ROOT / "docs" / "runbook.md"
TOP = {path.name for path in ROOT.iterdir()}
MADE_LATER = ("data/", "DATA_DIR/")
CODE = re.compile(r"`([^`\n]+)`")
SETTING = re.compile(r"^\| `([A-Z_]+)` \| ([^|]+) \|", re.MULTILINE)
FAMILIES = re.compile(r"^(SECRET|SEALING|DATABASE_URL|BASE_URL|SMTP|REDIS|RATELIMIT|MAIL)(_[A-Z_]+)?$")
OPERATORS = {"operator's commands"}

each_document = pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))


def code_of(page: Path) -> list[str]:
    return CODE.findall(page.read_text("utf-8"))


@each_document
def test_every_file_that_a_document_names_exists(page: Path):
    named = [word for words in code_of(page) for word in words.split() if word.partition("/")[0] in TOP and "/" in word]
    missing = [word for word in named if not word.startswith(MADE_LATER) and not (ROOT / word).exists()]
    assert not missing


@each_document
def test_every_link_within_the_project_leads_somewhere(page: Path):
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)\)", page.read_text("utf-8"))
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]


@each_document
def test_every_make_target_that_a_document_names_exists(page: Path):
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = page.read_text("utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z0-9-]+)", text, re.MULTILINE))
    assert named <= targets


@each_document
def test_every_module_that_a_document_runs_exists(page: Path):
    for name in re.findall(r"python -m ([a-z_.]+)", page.read_text("utf-8")):
        path = ROOT / name.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists() or name == "pytest"


@each_document
def test_every_setting_that_a_document_names_exists(page: Path):
    known = {name for settings in EVERY_PROCESS for name in settings.variables()}
    named = {word.partition("=")[0] for word in code_of(page) if FAMILIES.match(word.partition("=")[0])}
    assert named <= known


def test_the_runbook_explains_each_setting_once_and_says_who_reads_it():
    rows = SETTING.findall(RUNBOOK.read_text("utf-8"))
    readers = {name: set(re.split(r",\s*", who.strip())) - OPERATORS for name, who in rows}
    assert len(rows) == len(readers)
    truth: dict[str, set[str]] = {}
    for process, settings in PROCESSES.items():
        for name in settings.variables():
            truth.setdefault(name, set()).add(process)
    assert readers == {name: {"all"} if who == set(PROCESSES) else who for name, who in truth.items()}


def test_decisions_are_numbered_without_a_gap_and_built_alike():
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    for number, page in enumerate(pages, 1):
        text = page.read_text("utf-8")
        assert page.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number}. ")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
        assert len(text.splitlines()) < 60


@each_document
def test_every_function_that_a_document_names_beside_its_file_exists(page: Path):
    pairs = re.findall(r"`([\w/]+\.py)` `(\w+)`", page.read_text("utf-8"))
    missing = [
        (file, name)
        for file, name in pairs
        if not re.search(rf"^(def|class) {name}\b", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    ]
    assert not missing


def test_the_first_page_says_where_the_letters_of_the_demonstration_are_read():
    folder = WorkerSettings.model_construct(data_dir=WorkerSettings.model_fields["data_dir"].default).mailbox_folder
    said = (ROOT / "README.md").read_text("utf-8")
    assert f"a file in `{folder}/`, to be read there" in " ".join(said.split())
