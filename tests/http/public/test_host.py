"""What a visitor calls the house decides no address that it hands out."""

import io
import zipfile

from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.sheets import make_sheet, make_text
from tests.sites import Browser
from workflows.core.actors import Role

ELSEWHERE = {"Host": "elsewhere.example"}


def test_a_sheet_as_a_file_leads_to_our_own_addresses(public: Browser, scene: Session) -> None:
    make_sheet(
        scene, make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR), {"HEA": [make_text(scene, "HEA")]}
    )
    scene.commit()
    answer = public.get("/en/sheet/COD.docx", headers=ELSEWHERE)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        words = b"".join(parts.read(name) for name in parts.namelist())
    assert b"/sheet/COD/editions/1" in words
    assert b"elsewhere.example" not in words
