"""What readers of translations are told of a correction: written with it, read with it, approved with it, erased with it."""

import hashlib
import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import TODAY, make_staff
from tests.translated import Pair, corrected, make_pair, written
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.errors import EditConflict, Incomplete
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.discarding import discard_version
from workflows.excerpts.draft import fingerprint
from workflows.excerpts.models import Excerpt, ExcerptVersion, KeptText, PublishedVersion
from workflows.excerpts.publishing import publish_excerpt
from workflows.replies.recall import retract_and_tell

FRENCH, ENGLISH = "Les prix étaient d’un autre quartier.", "The prices were of another quarter."


@pytest.fixture
def pair(scene: Session) -> Pair:
    return make_pair(scene)


def sent(session: Session, pair: Pair, version: ExcerptVersion) -> None:
    send_for_approval(session, pair.editor, version.id, clock.now(), version=version.version)
    session.flush()


def notes(session: Session, excerpt: Excerpt, number: int = 2) -> dict[str, str]:
    session.flush()
    return session.get_one(PublishedVersion, (excerpt.ref, number), populate_existing=True).translated_notes


def test_they_are_kept_without_what_is_empty_or_in_no_language_of_ours(scene: Session, pair: Pair) -> None:
    version = written(scene, pair, FRENCH, en=f" {ENGLISH}\r\n", nl=" ", xx="?")
    assert version.translated_notes == {"en": ENGLISH}
    kept = scene.scalars(select(KeptText.content).where(KeptText.version_id == version.id)).all()
    assert kept[-1]["translated_notes"] == {"en": ENGLISH}


def test_they_reach_readers_with_a_correction_and_with_nothing_else(scene: Session, pair: Pair) -> None:
    version = written(scene, pair, "Les prix ont monté.", change="update", en=ENGLISH)
    sent(scene, pair, version)
    publish_excerpt(scene, make_staff(scene, Role.EDITOR), version.id, version.version, clock.now())
    assert notes(scene, pair.french) == {}
    scene.flush()
    corrected(scene, pair, FRENCH, en=ENGLISH)
    assert notes(scene, pair.french, 3) == {"en": ENGLISH}
    retract_and_tell(scene, pair.editor, pair.french.id, "Faux.", clock.now(), version=pair.french.version)
    assert notes(scene, pair.french, 3) == {}


@pytest.mark.parametrize(
    ("note", "fields"),
    [("Ask Mrs. Amina Diallo.", {"public_note_en"}), ("You should wait: it is not safe to return.", {"public_note_en"}),
     ("It rested on [7].", {"public_note_en"}), (ENGLISH, set())],
)  # fmt: skip
def test_they_are_read_as_the_note_itself_is(scene: Session, pair: Pair, note: str, fields: set[str]) -> None:
    version = written(scene, pair, FRENCH, en=note)
    try:
        sent(scene, pair, version)
        found = set()
    except Incomplete as refused:
        found = set(refused.problems)
    assert found == fields


def test_one_that_is_too_long_is_not_kept(scene: Session, pair: Pair) -> None:
    with pytest.raises(Incomplete) as refused:
        written(scene, pair, FRENCH, en="x" * 501)
    assert set(refused.value.problems) == {"public_note_en"}


def test_only_what_was_sent_is_approved(scene: Session, pair: Pair) -> None:
    version = written(scene, pair, FRENCH, en=ENGLISH)
    sent(scene, pair, version)
    version.translated_notes = {"en": "Something else."}
    scene.flush()
    with pytest.raises(EditConflict):
        publish_excerpt(scene, make_staff(scene, Role.EDITOR), version.id, version.version, clock.now())


def test_a_version_without_any_has_the_fingerprint_that_it_had_before_there_were_any() -> None:
    given = {"title": "t", "information_date": TODAY, "valid_until": TODAY, "topics": [], "facets": [], "sources": []}
    words = dict.fromkeys(("summary", "body", "unknown", "confidence", "place", "change", "public_note"), "")
    whole = given | words | {"information_date": TODAY.isoformat(), "valid_until": TODAY.isoformat()}
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    version = ExcerptVersion(translated_notes={}, **given, **words)
    assert fingerprint(version, []) == hashlib.sha256(canonical.encode()).digest()
    version.translated_notes = {"en": ENGLISH}
    assert fingerprint(version, []) != hashlib.sha256(canonical.encode()).digest()


def test_none_is_left_of_a_version_that_is_discarded(scene: Session, pair: Pair) -> None:
    version = written(scene, pair, FRENCH, en=ENGLISH)
    discard_version(scene, pair.editor, version.id, clock.now(), version=version.version)
    scene.flush()
    assert version.translated_notes == {}
    assert scene.scalars(select(KeptText).where(KeptText.version_id == version.id)).all() == []


def test_the_next_version_begins_without_any(scene: Session, pair: Pair) -> None:
    corrected(scene, pair, FRENCH, en=ENGLISH)
    version = written(scene, pair, "Mot.", change="minor")
    assert version.translated_notes == {}
