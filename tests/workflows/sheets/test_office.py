"""The Word file of a published sheet opens in an office program, page by page, with all its texts."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.at_desk import AtDesk
from tests.sheets import make_sheet

WRITER = shutil.which("soffice")


@pytest.mark.skipif(
    not WRITER, reason="there is no LibreOffice on this machine: apt-get install libreoffice-writer-nogui"
)
def test_libreoffice_reads_every_word_of_a_published_sheet(at_desk: AtDesk, people, tmp_path: Path):
    with at_desk() as session:
        row = make_sheet(session, people.author, people.other, {"HEA": [people.health]}, {"HEA": "Avant les soins."})
    (tmp_path / "sheet.docx").write_bytes(row.docx)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [WRITER, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "sheet.docx"]
    subprocess.run(convert, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "sheet.txt").read_text("utf-8-sig")
    for expected in (
        "RD Congo",
        "Avant les soins.",
        "Deux pharmacies sur trois",
        "Visite de trois pharmacies",
        people.health,
    ):
        assert expected in text
