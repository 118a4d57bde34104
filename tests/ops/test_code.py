"""`make code WHO=…` for demonstration log-ins."""

import json
from pathlib import Path

import pyotp
import pytest

from ops import code

LOGINS = [
    {
        "site": "desk",
        "role": "editor",
        "user": "edith",
        "password": "x",
        "totp_secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    },
    {
        "site": "desk",
        "role": "editor",
        "user": "edmund",
        "password": "x",
        "totp_secret": "JBSWY3DPEHPK3PXQJBSWY3DPEHPK3PXP",
    },
    {
        "site": "portal",
        "role": "researcher",
        "user": "rosa",
        "password": "x",
        "totp_secret": "JBSWY3DPEHPK3PXRJBSWY3DPEHPK3PXP",
    },
]


@pytest.fixture(autouse=True)
def logins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "demo-logins.json").write_text(json.dumps(LOGINS))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


@pytest.mark.parametrize(("who", "index"), [("edith", 0), ("ROSA", 2), ("researcher", 2), ("edm", 1)])
def test_a_name_or_a_telling_part_of_it_gives_the_code(
    who: str, index: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code.main([who]) == 0
    assert pyotp.TOTP(LOGINS[index]["totp_secret"]).verify(capsys.readouterr().out.strip(), valid_window=1)


@pytest.mark.parametrize("who", ["editor", "nobody", ""])
def test_an_unclear_name_gets_the_names_to_choose_from(who: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert code.main([who]) == 1
    assert "edith, edmund" in capsys.readouterr().err


def test_without_demonstration_data_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "demo-logins.json").unlink()
    assert code.main(["edith"]) == 1
    assert "demonstration data" in capsys.readouterr().err
