"""Who may import whom: the contracts of pyproject.toml hold, and they bite."""

import tomllib

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.rules.house import CODE, ROOT


def test_nobody_imports_against_the_pipeline(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_package_and_every_slice_stands_in_a_contract():
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [house] = [contract for contract in linter["contracts"] if contract["name"].startswith("The house")]
    [pipeline] = [contract for contract in linter["contracts"] if contract["name"].startswith("The pipeline")]
    named = {name.strip() for layer in house["layers"] for name in layer.split("|")}
    slices = {file.stem for file in (ROOT / "workflows").iterdir() if file.is_dir() or file.suffix == ".py"}
    assert set(linter["root_packages"]) == set(CODE) == named
    assert set(pipeline["layers"]) == {name for name in slices if not name.startswith("__")}


def test_a_contract_finds_an_import_against_the_pipeline(
    tmp_path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    house = tmp_path / "tilted"
    for name in ("", "early", "late"):
        (house / name).mkdir(exist_ok=True)
        (house / name / "__init__.py").write_text("")
    (house / "early" / "__init__.py").write_text("from tilted import late\n")
    (tmp_path / "rules.toml").write_text(
        '[tool.importlinter]\nroot_package = "tilted"\n[[tool.importlinter.contracts]]\nname = "order"\n'
        'type = "layers"\ncontainers = ["tilted"]\nlayers = ["late", "early"]\n'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert lint_imports(config_filename="rules.toml", no_cache=True) != EXIT_STATUS_SUCCESS
    assert "tilted.early" in capsys.readouterr().out
