"""Nobody approves a text with files that they have not opened, each of them and as it is now."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from tests.excerpts import open_files, sent
from tests.factories import NOW
from tests.reviews import Submitted
from tests.shown_files import clean, release
from workflows.answers.attachment_models import Attachment
from workflows.core.actors import CLOCK, Staff
from workflows.core.errors import Incomplete
from workflows.core.events import record
from workflows.excerpts.file_openings import UNOPENED, openings_of
from workflows.excerpts.models import ExcerptVersion
from workflows.excerpts.publishing import publish_excerpt

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def files(scene: Session, case: Submitted, editors: list[Staff]) -> list[Attachment]:
    """Two that go with the text, and one that does not."""
    rows = [clean(scene, case, number=number) for number in (1, 2, 3)]
    for row in rows[:2]:
        release(scene, editors[0], row)
    return rows


@pytest.fixture
def version(scene: Session, case: Submitted, editors: list[Staff], files: list[Attachment]) -> ExcerptVersion:
    return sent(scene, editors[0], revisions=[case.revision.id])


def opens(scene: Session, who: Staff, file: Attachment, at=NOW) -> None:
    record(scene, who, "reading.file", file, at)
    scene.flush()


def refused(scene: Session, who: Staff, version: ExcerptVersion) -> dict[str, str]:
    with pytest.raises(Incomplete) as why:
        publish_excerpt(scene, who, version.id, version.version, LATER)
    return why.value.problems


def test_the_approver_opens_each_file_first(scene: Session, editors, files, version) -> None:
    assert refused(scene, editors[1], version) == {"files": UNOPENED}
    opens(scene, editors[1], files[0])
    assert refused(scene, editors[1], version) == {"files": UNOPENED}
    opens(scene, editors[1], files[1])
    assert publish_excerpt(scene, editors[1], version.id, version.version, LATER).state == "published"


def test_that_somebody_else_opened_them_does_not_count(scene: Session, editors, version) -> None:
    open_files(scene, editors[2], version, NOW)
    assert refused(scene, editors[1], version) == {"files": UNOPENED}


def test_a_copy_that_was_made_anew_is_opened_anew(scene: Session, editors, files, version) -> None:
    open_files(scene, editors[1], version, NOW)
    record(scene, CLOCK, "attachment.clean", files[0], LATER)
    scene.flush()
    assert refused(scene, editors[1], version) == {"files": UNOPENED}
    opens(scene, editors[1], files[0], LATER)
    assert publish_excerpt(scene, editors[1], version.id, version.version, LATER).state == "published"


def test_who_opened_what_is_told_with_the_last_time(scene: Session, editors, files, version) -> None:
    opens(scene, editors[1], files[0])
    opens(scene, editors[2], files[0], LATER)
    opens(scene, editors[1], files[0], LATER + timedelta(minutes=1))
    opens(scene, editors[1], files[2])
    found = openings_of(scene, version.id)
    assert {key: [(one.name, one.at) for one in those] for key, those in found.items()} == {
        files[0].id: [(editors[2].name, LATER), (editors[1].name, LATER + timedelta(minutes=1))]
    }
    assert openings_of(scene, uuid4()) == {}
