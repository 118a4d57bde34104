"""A text that is being rechecked says so; the answer to a recheck names the text and leads on to it."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.excerpts import published, recent
from tests.factories import make_answer, make_assignment, make_partner, make_revision, make_staff
from tests.http.desk.moving import boxes, seen, url
from workflows.answers.models import Review
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.models import ExcerptVersion, PublishedExcerpt, Verification, VersionSource

CALL = "Talk with a landlord"


@pytest.fixture
def excerpt(scene, editor):
    row = published(scene, recent(), now=now())
    row.partner_id = make_partner(scene, name="Maison Loko").id
    scene.commit()
    return row


def staff(scene, role: Role) -> UUID:
    account = make_staff(scene, role).id
    scene.commit()
    return account


def rechecked(scene, excerpt, state: str, answer: str | None = None):
    """The commission; with its answer in that state, if one was begun."""
    asked = make_assignment(
        scene, None, None, ("Is this still true?",), kind="recheck", excerpt_id=excerpt.id, text_number=1, state=state,
        topics=["HOU-rent"], submit_by=clock.today() + timedelta(days=9), accepted_at=now(),
    )  # fmt: skip
    if answer is None:
        scene.commit()
        return asked
    made = make_answer(scene, asked, state=answer, submitted_at=now(), review_by=clock.today())
    day = (clock.today() - timedelta(days=2)).isoformat()
    point = {"code": "Q1", "text": "Oui.", "place": "Kinshasa", "information_date": day, "confidence": "sure",
             "not_found": False, "searched_where": ""}  # fmt: skip
    cited = {"id": None, "position": 1, "point_code": "Q1", "kind": "talk", "label": CALL, "dated": day,
             "mode": "phone", "consent": "role", "keeps_identity": False}  # fmt: skip
    revision = make_revision(scene, made, content={"points": [point], "sources": [cited]})
    scene.commit()
    return asked, made, revision


def accepted(scene, excerpt):
    asked, answer, revision = rechecked(scene, excerpt, "completed", "accepted")
    reviewed = {"answer_id": answer.id, "revision_id": revision.id, "checklist": {}, "comments": {}, "saved_at": now()}
    scene.add(Review(**reviewed, editor_id=revision.submitted_by, decision="accept", decided_at=now()))
    scene.commit()
    return asked, answer, revision


def test_a_text_that_is_being_rechecked_says_so_with_the_commission_and_its_day(desk, scene, excerpt) -> None:
    assert "Being rechecked" not in desk.get(url(scene, excerpt)).text
    asked = rechecked(scene, excerpt, "accepted")
    page = desk.get(url(scene, excerpt)).text
    said = page.partition("Being rechecked:")[2].partition("</div>")[0]
    assert f'href="/desk/assignments/{asked.id}"' in said
    assert asked.reference in said
    assert "In research" in said
    assert f'datetime="{asked.submit_by.isoformat()}"' in said


@pytest.mark.parametrize("state", ["completed", "declined", "revoked"])
def test_a_recheck_that_is_over_is_not_told_of(desk, scene, excerpt, state) -> None:
    rechecked(scene, excerpt, state)
    assert "Being rechecked" not in desk.get(url(scene, excerpt)).text


def test_the_review_of_a_recheck_names_the_text_and_the_version(desk, scene, excerpt) -> None:
    _asked, answer, _revision = rechecked(scene, excerpt, "accepted", "submitted")
    page = desk.get(f"/desk/reviews/{answer.id}").text
    assert re.search(rf'Recheck of <a href="{url(scene, excerpt)}"><bdi[^>]*>{excerpt.ref}</bdi></a>, version 1', page)
    assert "Confirm with this answer" not in page
    assert f'href="/desk/reviews/{answer.id}"' in desk.get(url(scene, excerpt)).text


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR])
def test_the_commission_of_a_recheck_leads_to_the_text_that_it_is_about(desk, scene, excerpt, role) -> None:
    asked = rechecked(scene, excerpt, "accepted")
    desk.sign_in(staff(scene, role))
    page = desk.get(f"/desk/assignments/{asked.id}").text
    assert re.search(rf'Recheck of <a href="{url(scene, excerpt)}"><bdi[^>]*>{excerpt.ref}</bdi></a>, version 1', page)
    assert scene.get_one(PublishedExcerpt, excerpt.ref).title in page
    assert "Version to check" not in page


def test_a_manager_who_may_not_open_the_text_reads_its_version_only(desk, scene, excerpt) -> None:
    asked = rechecked(scene, excerpt, "accepted")
    desk.sign_in(staff(scene, Role.MANAGER))
    page = desk.get(f"/desk/assignments/{asked.id}").text
    assert (excerpt.ref in page, "Version to check" in page) == (False, True)


def test_an_accepted_recheck_leads_to_the_form_that_confirms_with_its_source_and_day(desk, scene, excerpt) -> None:
    _asked, answer, revision = accepted(scene, excerpt)
    page = desk.get(f"/desk/reviews/{answer.id}").text
    assert "Write an excerpt" not in page
    address = f"{url(scene, excerpt, 'still-true')}?revision={revision.id}"
    assert f'href="{address}"' in page
    form = desk.get(address).text
    day = clock.today() - timedelta(days=2)
    assert "In English. What it is, never who" in form  # the partner may have answered in another language
    assert re.search(rf'<input[^>]*lang="en"[^>]*value="{CALL}"|value="{CALL}"[^>]*lang="en"', form)
    assert re.search(r'<option selected value="talk"|<option value="talk" selected', form)
    for part, number in zip(("d", "m", "y"), boxes(day), strict=True):
        assert re.search(rf'name="dated[^"]*"[^>]*value="{number}"', form), part
    given = {"revision": str(revision.id), "kind": "talk", "dated": boxes(day)}
    refused = desk.post(url(scene, excerpt, "still-true"), seen(excerpt, **given, source="Mr Jean Kabongo, his house"))
    assert refused.status_code == 422
    assert "From the answer" in refused.text
    known = scene.scalar(select(PublishedExcerpt.sources).where(PublishedExcerpt.ref == excerpt.ref))[0]["label"]
    assert desk.post(url(scene, excerpt, "still-true"), seen(excerpt, **given, source=known)).status_code == 303
    assert scene.scalars(select(Verification.verified_on)).one() == day


def test_an_accepted_recheck_leads_to_a_new_version_that_is_written_from_it(desk, scene, excerpt) -> None:
    _asked, answer, revision = accepted(scene, excerpt)
    address = f"{url(scene, excerpt, 'new-version')}?revision={revision.id}"
    assert f'href="{address}"' in desk.get(f"/desk/reviews/{answer.id}").text
    assert f'name="revision" value="{revision.id}"' in desk.get(address).text
    sent = seen(excerpt, change="update", revision=str(revision.id))
    assert desk.post(url(scene, excerpt, "new-version"), sent).status_code == 303
    begun = scene.scalars(select(ExcerptVersion).where(ExcerptVersion.number == 2)).one()
    linked = scene.scalars(select(VersionSource.revision_id).where(VersionSource.version_id == begun.id)).all()
    assert linked == [revision.id]
    assert f'href="/desk/reviews/{answer.id}"' in desk.get(url(scene, excerpt, "edit")).text
    later = desk.get(f"/desk/reviews/{answer.id}").text
    assert "Write a new version from this answer" not in later
    assert "Open the text" in later


def test_only_an_accepted_answer_about_the_text_itself_is_taken(desk, scene, excerpt) -> None:
    other = published(scene, recent(), now=now())
    _asked, _answer, of_other = accepted(scene, other)
    _asked, _answer, waiting = rechecked(scene, excerpt, "accepted", "submitted")
    for named in (of_other.id, waiting.id, "nothing"):
        for move in ("still-true", "new-version"):
            assert desk.get(f"{url(scene, excerpt, move)}?revision={named}").status_code == 404
            sent = seen(excerpt, change="update", revision=str(named))
            if move == "new-version":
                assert desk.post(url(scene, excerpt, move), sent).status_code == 404
    assert scene.scalars(select(ExcerptVersion.number).where(ExcerptVersion.excerpt_id == excerpt.id)).all() == [1]
