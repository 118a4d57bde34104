"""The page of one excerpt says whom it helped who did not ask."""

from datetime import timedelta

from tests.excerpts import published, recent
from tests.factories import make_staff
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.tally import ReuseTally


def test_the_page_says_how_many_people_the_text_and_its_translations_answered(desk, scene) -> None:
    editor, excerpt = make_staff(scene, Role.EDITOR), published(scene, recent(), now=now())
    scene.commit()
    desk.sign_in(editor.id)
    address = f"/desk/excerpts/{excerpt.ref}"
    assert "did not ask" not in desk.get(address).text
    for number, ref in enumerate((excerpt.ref, excerpt.ref, "XXX-HEA-9999")):
        scene.add(ReuseTally(day=clock.today() - timedelta(days=number), ref=ref, answered=4))
    scene.commit()
    page = desk.get(address).text
    assert "8 people found their answer in it and did not ask." in page
    assert "0 replies" in page
