"""The page of one excerpt, and the form it is written in."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.excerpts import drafted, published, recent, sent
from tests.factories import make_answer, make_assignment, make_partner, make_question, make_revision, make_staff
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.models import Excerpt, ExcerptVersion, VersionSource
from workflows.excerpts.publishing import publish_excerpt

RENT = "Rent for a one-bedroom home"


def typed(**values) -> dict:
    """The form of a text as a browser sends it."""
    day = clock.today() - timedelta(days=5)
    boxes = [str(day.day), str(day.month), str(day.year)]
    given = {
        "title": RENT, "summary": "A room costs about 80 dollars.", "body": "## Prices\n\nWith a yard [1]. Or not [2].",
        "unknown": "", "place": "Kinshasa", "confidence": "sure", "topics": ["HOU-rent"], "information_date": boxes,
        "sources-0-label": "Visit to eleven homes", "sources-0-kind": "visit", "sources-0-dated": boxes,
        "sources-1-label": "Talk with two agents", "sources-1-kind": "talk", "sources-1-dated": boxes,
        "country": "COD", "language": "en", "version": "0", "do": "save",
    }  # fmt: skip
    return given | values


def of_version(version, **values) -> dict:
    return typed(version=version.version, number=version.number, **values)


def ref_of(scene, version) -> str:
    return scene.get(Excerpt, version.excerpt_id).ref


@pytest.fixture
def editor(desk, scene):
    actor = make_staff(scene, Role.EDITOR, name="Ada Writer")
    scene.commit()
    desk.sign_in(actor.id)
    return actor


def draft(scene, author, typed_text=None, **values) -> tuple[str, ExcerptVersion]:
    version = drafted(scene, author, typed_text or recent(), now=now(), **values)
    scene.commit()
    return ref_of(scene, version), version


# --- One text ---------------------------------------------------------------------------------------------------------


def test_an_officer_reads_a_text_and_may_change_nothing(desk, scene) -> None:
    officer = make_staff(scene)
    ref, version = draft(scene, make_staff(scene, Role.EDITOR))
    desk.sign_in(officer.id)
    page = desk.get(f"/desk/excerpts/{ref}")
    assert page.status_code == 200
    assert RENT in page.text
    assert "Send for approval" not in page.text
    for path in ("edit", "hold", "approve"):
        assert desk.get(f"/desk/excerpts/{ref}/{path}").status_code == 403
    assert desk.post(f"/desk/excerpts/{ref}/edit", of_version(version)).status_code == 403
    assert desk.post(f"/desk/excerpts/{ref}/send", {"version": 1, "number": 1}).status_code == 403


def test_a_page_shows_the_text_as_readers_see_it_with_its_checks(desk, scene, editor) -> None:
    ref, _version = draft(scene, editor, recent(body="## Prices\n\nAbout **80** dollars [2]. <script>x</script>"))
    page = desk.get(f"/desk/excerpts/{ref}?compare=full").text
    assert "<strong>80</strong>" in page
    assert "<script>x" not in page
    assert "2/2" in page
    assert "Rule: " in page


def test_an_unknown_reference_is_not_found(desk, editor) -> None:
    assert desk.get("/desk/excerpts/COD-HOU-9999").status_code == 404
    assert desk.get("/desk/excerpts/COD-HOU-9999/edit").status_code == 404
    assert desk.get("/desk/excerpts/COD-HOU-9999/hold").status_code == 404


def test_a_new_version_is_compared_with_the_published_one(desk, scene, editor) -> None:
    excerpt = published(scene, recent(), now=now())
    version = draft_next_version(scene, editor, excerpt.id, "update", now(), version=excerpt.version)
    scene.flush()
    changed = recent(summary="A room costs about 90 to 150 US dollars a month.", change="update", public_note="Rose.")
    save_version(scene, editor, version.id, changed, [], now(), version=version.version)
    scene.commit()
    page = desk.get(f"/desk/excerpts/{excerpt.ref}").text
    assert re.search(r"<del>80 ?</del>", page)
    assert re.search(r"<ins>90 ?</ins>", page)


def test_a_page_costs_the_same_however_long_the_history_is(desk, scene, editor) -> None:
    excerpt = published(scene, recent(), now=now())
    approver = make_staff(scene, Role.EDITOR)

    def cost() -> int:
        scene.commit()
        with desk.statements() as seen:
            assert desk.get(f"/desk/excerpts/{excerpt.ref}").status_code == 200
        return len(seen)

    few = cost()
    for price in range(5):
        version = draft_next_version(scene, editor, excerpt.id, "minor", now(), version=excerpt.version)
        scene.flush()
        again = recent(summary=f"A room costs {price}.", change="minor", public_note="Spelling.")
        save_version(scene, editor, version.id, again, [], now(), version=version.version)
        scene.flush()
        send_for_approval(scene, editor, version.id, now(), version=version.version)
        scene.flush()
        publish_excerpt(scene, approver, version.id, version.version, now())
        scene.flush()
    assert few == cost() <= 17


# --- Writing ----------------------------------------------------------------------------------------------------------


def accepted(scene, **values):
    """An accepted answer and its revision."""
    partner = make_partner(scene)
    question = make_question(scene, state="triaged", points=("Q?",), facets=["pregnant"])
    assignment = make_assignment(scene, partner, question, state="completed", topics=["HOU-rent"])
    answer = make_answer(scene, assignment, state=values.get("state", "accepted"))
    point = {"code": "Q1", "text": "Une chambre coûte 80 dollars.", "place": "Kinshasa", "confidence": "fairly_sure",
             "information_date": "2026-03-09", "not_found": False, "searched_where": ""}  # fmt: skip
    older = {**point, "code": "Q2", "text": "La caution est de trois mois.", "information_date": "2026-03-02"}
    lost = {**point, "code": "Q3", "text": "", "not_found": True, "searched_where": "Trois agences"}
    source = {"id": None, "position": 1, "point_code": "Q1", "kind": "visit", "label": "Visite de onze logements",
              "dated": "2026-03-08", "mode": "in_person", "consent": "role", "keeps_identity": True}  # fmt: skip
    content = {"points": [point, older, lost], "sources": [source, {**source, "point_code": "Q2"}]}
    revision = make_revision(scene, answer, content=content)
    scene.commit()
    return revision


def test_a_new_text_begins_with_what_the_accepted_answer_says(desk, scene, editor) -> None:
    revision = accepted(scene)
    page = desk.get(f"/desk/excerpts/new?revision={revision.id}").text
    assert 'name="title" type="text" value=""' in page
    assert "Une chambre coûte 80 dollars. [1]" in page
    assert (
        re.search(r'<input[^>]*value="pregnant"[^>]*>', page)[0].count("checked") == 0
    )  # it was asked for, not of, them
    assert "La caution est de trois mois. [1]" in page
    assert page.count('value="Visite de onze logements"') == 1
    assert re.search(r'id="information_date" name="information_date" value="2"', page)
    assert re.search(r'<option selected value="COD">', page)
    assert re.search(r'<option selected value="fr">', page)
    assert re.search(r'<textarea[^>]*name="unknown"[^>]*>\s*Cherché, pas trouvé. Trois agences</textarea>', page)
    assert "What was looked for and not found, and where. Not the question." in page


@pytest.mark.parametrize("named", ["not-an-id", "00000000-0000-4000-8000-000000000000"])
def test_a_text_cannot_begin_with_an_unknown_answer(desk, editor, named) -> None:
    assert desk.get(f"/desk/excerpts/new?revision={named}").status_code == 404


def test_a_text_cannot_begin_with_an_answer_that_was_not_accepted(desk, scene, editor) -> None:
    revision = accepted(scene, state="submitted")
    assert desk.get(f"/desk/excerpts/new?revision={revision.id}").status_code == 404
    answer = desk.post(f"/desk/excerpts/new?revision={revision.id}", typed())
    assert answer.status_code == 422
    assert "Only accepted answers" in answer.text
    assert scene.scalars(select(Excerpt)).all() == []


def test_a_first_version_is_kept_with_its_provenance(desk, scene, editor) -> None:
    revision = accepted(scene)
    answer = desk.post(f"/desk/excerpts/new?revision={revision.id}", typed())
    assert answer.status_code == 303
    assert answer.location == "/desk/excerpts/COD-HOU-0001"
    version = scene.scalars(select(ExcerptVersion)).one()
    assert (version.title, version.author_id, len(version.sources)) == (RENT, editor.id, 2)
    assert scene.scalars(select(VersionSource.revision_id)).all() == [revision.id]


def test_a_refused_form_keeps_every_text(desk, scene, editor) -> None:
    answer = desk.post("/desk/excerpts/new", typed(title="", topics=[], body="Kept words"))
    assert answer.status_code == 422
    assert "Kept words" in answer.text
    assert "Talk with two agents" in answer.text
    assert "Give the text a title." in answer.text
    assert "Choose at least one topic." in answer.text
    assert scene.scalars(select(ExcerptVersion)).all() == []


def test_a_day_that_does_not_exist_is_refused_beside_its_field(desk, scene, editor) -> None:
    ref, version = draft(scene, editor)
    answer = desk.post(f"/desk/excerpts/{ref}/edit", of_version(version, valid_until=["31", "2", "2027"]))
    assert answer.status_code == 422
    assert "This date does not exist" in answer.text
    assert 'value="31"' in answer.text


def test_the_form_says_what_is_wrong_until_it_is_mended(desk, scene, editor) -> None:
    ref, version = draft(scene, editor)
    found = "May point to a person, in: Text"
    assert found not in desk.get(f"/desk/excerpts/{ref}/edit").text
    named = version.body + " Call Mrs Amina Diallo."
    assert desk.post(f"/desk/excerpts/{ref}/edit", of_version(version, body=named)).status_code == 303
    for _time in range(2):
        scene.refresh(version)
        page = desk.get(f"/desk/excerpts/{ref}/edit").text
        assert re.search(rf'badge t-stop">(?:(?!</li>).)*{found}: <a href="#body">', page, re.DOTALL)
        assert desk.post(f"/desk/excerpts/{ref}/edit", of_version(version, body=named, title="Rent")).status_code == 303
    scene.refresh(version)
    assert desk.post(f"/desk/excerpts/{ref}/edit", of_version(version)).status_code == 303
    assert found not in desk.get(f"/desk/excerpts/{ref}/edit").text


def test_sources_are_added_and_removed_without_saving(desk, scene, editor) -> None:
    ref, version = draft(scene, editor)
    more = desk.post(f"/desk/excerpts/{ref}/edit", of_version(version, do="add-source"))
    assert more.status_code == 200
    assert 'autofocus dir="auto" id="sources-2-label"' in more.text
    fewer = desk.post(f"/desk/excerpts/{ref}/edit", of_version(version, do="remove-source-1"))
    assert 'value="Visit to eleven homes"' not in fewer.text
    assert 'autofocus dir="auto" id="sources-0-label"' in fewer.text
    assert 'name="sources-0-label" type="text" value="Talk with two agents"' in fewer.text
    scene.expire_all()
    assert scene.get(ExcerptVersion, version.id).version == version.version


def test_a_preview_shows_the_text_and_saves_nothing(desk, scene, editor) -> None:
    ref, version = draft(scene, editor)
    answer = desk.post(f"/desk/excerpts/{ref}/edit", of_version(version, do="preview", body="So **new**."))
    assert answer.status_code == 200
    assert "<strong>new</strong>" in answer.text
    scene.refresh(version)
    assert "new" not in version.body


def test_a_saved_draft_keeps_its_provenance_and_leaves_the_rule_its_day(desk, scene, editor) -> None:
    revision = accepted(scene)
    desk.post(f"/desk/excerpts/new?revision={revision.id}", typed())
    version = scene.scalars(select(ExcerptVersion)).one()
    form = desk.get("/desk/excerpts/COD-HOU-0001/edit").text
    assert 'id="valid_until" name="valid_until" value=""' in form
    assert desk.post("/desk/excerpts/COD-HOU-0001/edit", of_version(version, title="Rent")).status_code == 303
    scene.refresh(version)
    assert version.title == "Rent"
    assert scene.scalars(select(VersionSource.revision_id)).all() == [revision.id]


def test_whoever_saves_second_gets_both_texts_and_may_save_over_it(desk, scene, editor) -> None:
    ref, version = draft(scene, editor)
    words = {"summary": version.summary, "body": version.body.replace("\n", "\r\n"), "unknown": version.unknown}
    before = of_version(version, title="My title", **words)
    other = make_staff(scene, Role.EDITOR)
    save_version(scene, other, version.id, recent(title="Their title"), [], now(), version=version.version)
    scene.commit()
    answer = desk.post(f"/desk/excerpts/{ref}/edit", before)
    assert answer.status_code == 409
    assert "Their title" in answer.text
    assert 'value="My title"' in answer.text
    assert re.findall(r'class="lab">([^<]+)<', answer.text)[::2] == ["Title", "How sure are we?", "Sources"]
    scene.refresh(version)
    assert version.title == "Their title"
    stands = re.search(r'name="version" type="hidden" value="(\d+)"', answer.text)[1]
    assert desk.post(f"/desk/excerpts/{ref}/edit", before | {"version": stands}).status_code == 303
    scene.refresh(version)
    assert version.title == "My title"


def test_what_was_sent_for_approval_cannot_be_written_in(desk, scene, editor) -> None:
    version = sent(scene, editor, recent(), now=now())
    scene.commit()
    ref = ref_of(scene, version)
    assert desk.get(f"/desk/excerpts/{ref}/edit").status_code == 409
    answer = desk.post(f"/desk/excerpts/{ref}/edit", of_version(version, body="Words I wrote"))
    assert answer.status_code == 409
    assert "Words I wrote" in answer.text


def test_a_form_of_an_older_version_is_refused(desk, scene, editor) -> None:
    ref, version = draft(scene, editor)
    assert desk.post(f"/desk/excerpts/{ref}/edit", of_version(version) | {"number": "7"}).status_code == 409


def test_a_recheck_leads_to_the_text_it_was_about(desk, scene, editor) -> None:
    excerpt = published(scene, recent(), now=now())
    assignment = make_assignment(scene, make_partner(scene), kind="recheck", excerpt_id=excerpt.id, state="completed")
    revision = make_revision(scene, make_answer(scene, assignment, state="accepted"))
    scene.commit()
    answer = desk.get(f"/desk/excerpts/new?revision={revision.id}")
    assert (answer.status_code, answer.location) == (303, f"/desk/excerpts/{excerpt.ref}")
