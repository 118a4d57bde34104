"""A researcher takes a task away as a Word form, fills it in without us, brings it back and takes it over."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.conftest import Sits, both_ways
from tests.e2e.scenes import POINT, asked, at_work, offered
from tests.word_forms import changed, fill
from workflows.answers.models import Source

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
FILLED = (
    fill("Q1.text", "Three of four pharmacies had it.\nIt costs 26 dollars a month."),
    fill("Q1.place", "Kinshasa"),
    fill("Q1.information_date", "last spring"),
    fill("Q1.confidence", "Fairly sure"),
    fill("Q1.sources.1.label", "Visit to four pharmacies"),
    fill("Q1.sources.1.kind", "Visit"),
    fill("Q1.sources.1.identity", "Pharmacist Gisele M."),
    lambda document: document.add_paragraph("The road to the fifth one is closed."),
)


@both_ways
def test_a_task_goes_home_as_a_word_form_and_comes_back(sits: Sits, scene: Session, tmp_path: Path) -> None:
    at = at_work(scene, "Relais Mokili")
    task = offered(scene, at, asked(scene, POINT))
    scene.commit()
    researcher = sits("researcher", at.researcher.id, "portal")
    researcher.goes_to(f"/w/t/{task.id}")
    researcher.presses("Accept")
    researcher.writes("Your answer", "Two of three pharmacies had it.")
    researcher.presses("To the Word form")

    form = researcher.downloads("Download the form")
    assert form.suggested_filename == f"task-{task.number:04d}.docx"
    filled = tmp_path / "my answers.docx"
    filled.write_bytes(changed(Path(form.path()).read_bytes(), *FILLED))
    researcher.page.get_by_label("The Word form with your answers").set_input_files(filled)
    researcher.presses("Send the file")

    researcher.reads("What the form would change")
    researcher.misses("Gisele")
    researcher.reads("On which day was it true? (Q1) – last spring")
    assert researcher.page.locator("del", has_text="Two").count() == 1
    researcher.page.get_by_label("Take over: For which place is this true?").uncheck()
    researcher.presses("Take over what is ticked")

    researcher.reads("Taken over.")
    assert researcher.page.get_by_label("Your answer").input_value().startswith("Three of four")
    assert researcher.page.get_by_label("For which place is this true?").input_value() == ""
    assert "The road to the fifth one" in researcher.page.get_by_label("For the editor only").input_value()
    researcher.misses("Gisele")
    assert scene.scalars(select(Source)).one().identity == "Pharmacist Gisele M."
