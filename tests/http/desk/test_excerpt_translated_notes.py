"""Writing a correction at the desk: what its readers are told, and beside it what readers of each translation are."""

import re

import pytest

from tests.factories import make_staff
from tests.http.desk.moving import url
from tests.translated import make_pair, written
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.models import ExcerptVersion

FRENCH, ENGLISH = "Les prix étaient d’un autre quartier.", "The prices were of another quarter."
LABEL = "What readers are told about the change"


@pytest.fixture
def pair(desk, scene):
    made = make_pair(scene)
    scene.commit()
    desk.sign_in(made.editor.id)
    return made


@pytest.fixture
def version(scene, pair):
    made = written(scene, pair, FRENCH, en=ENGLISH)
    scene.commit()
    return made


def areas(page: str) -> dict[str, str]:
    """What stands in each of the fields for readers' notes, by its name."""
    found = re.findall(r'<textarea[^>]* name="(public_note\w*)"[^>]*>\s*([^<]*)</textarea>', page)
    return {name: text.strip() for name, text in found}


def test_the_form_has_a_field_for_each_translation_that_readers_have(desk, scene, pair, version) -> None:
    page = desk.get(url(scene, pair.french, "edit")).text
    assert areas(page) == {"public_note": FRENCH, "public_note_en": ENGLISH}
    assert re.search(rf"{LABEL} \(English\) <span[^>]*>\(optional\)", page)
    assert re.search(r'<textarea[^>]* lang="en"[^>]* name="public_note_en"', page)


def test_whoever_approves_reads_them_beside_the_note_itself(desk, scene, pair, version) -> None:
    send_for_approval(scene, pair.editor, version.id, now(), version=version.version)
    scene.commit()
    desk.sign_in(make_staff(scene, Role.EDITOR).id)
    scene.commit()
    page = desk.get(url(scene, pair.french)).text
    assert f'English: <span dir="auto" lang="en">{ENGLISH}</span>' in page


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(desk, scene, pair, version) -> None:
    typed = typed_anew(version, public_note_en="x" * 501)
    refused = desk.post(url(scene, pair.french, "edit"), typed)
    assert refused.status_code == 422
    assert 'id="public_note_en-error"' in refused.text
    assert areas(refused.text)["public_note_en"] == "x" * 501


def test_two_who_write_at_once_see_both_notes(desk, scene, pair, version) -> None:
    typed = typed_anew(version, public_note_en="It was another town.") | {"version": str(version.version - 1)}
    late = desk.post(url(scene, pair.french, "edit"), typed)
    assert late.status_code == 409
    assert f"{LABEL} (English)" in late.text
    assert ENGLISH in late.text
    assert areas(late.text)["public_note_en"] == "It was another town."


def test_it_is_saved(desk, scene, pair, version) -> None:
    typed = typed_anew(version, public_note_en="It was another town.", public_note_nl="Nobody reads it in Dutch.")
    assert desk.post(url(scene, pair.french, "edit"), typed).status_code == 303
    scene.expire_all()
    assert scene.get(ExcerptVersion, version.id).translated_notes == {"en": "It was another town."}


def typed_anew(version: ExcerptVersion, **changed: str) -> dict:
    """The form of a version as a browser sends it."""
    sources = {}
    for place, source in enumerate(version.sources):
        day = source["dated"].split("-")
        sources |= {f"sources-{place}-label": source["label"], f"sources-{place}-kind": source["kind"],
                    f"sources-{place}-dated": [day[2], day[1], day[0]]}  # fmt: skip
    words = {name: getattr(version, name) for name in ("title", "summary", "body", "unknown", "place", "confidence")}
    dated = version.information_date
    return {
        "version": str(version.version), "number": str(version.number), "do": "save", "change": version.change,
        "public_note": version.public_note, "topics": version.topics, "valid_until": ["", "", ""],
        "information_date": [str(dated.day), str(dated.month), str(dated.year)], **words, **sources, **changed,
    }  # fmt: skip
