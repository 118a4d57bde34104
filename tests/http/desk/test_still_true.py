"""A text that is out of date is found still true by two editors: one says so, another agrees or does not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.excerpts import SOURCES, published, recent, text
from tests.factories import make_staff
from tests.http.desk.moving import boxes, checked, seen, url
from tests.reviews import ONE_WILL_DO, accepted
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.confirmation_models import Confirmation
from workflows.excerpts.draft import SourceLine
from workflows.excerpts.models import ExcerptVersion, PublishedExcerpt, Verification, VersionSource

ON = now().date() - timedelta(days=1)
CALL = "Call to a letting agent"


@pytest.fixture
def first(scene):
    return make_staff(scene, Role.EDITOR, name="Ada Writer")


@pytest.fixture
def second(scene):
    return make_staff(scene, Role.EDITOR, name="Ben Reader")


@pytest.fixture
def stale(scene, first, second):
    """Published half a year ago."""
    then = now() - timedelta(days=180)
    sources = tuple(SourceLine(one.label, one.kind, then.date()) for one in SOURCES)
    row = published(scene, text(information_date=then.date(), sources=sources), author=first, now=then)
    scene.commit()
    return row


@pytest.fixture
def said(desk, scene, first, stale):
    desk.sign_in(first.id)
    source = {"source": CALL, "kind": "talk", "dated": boxes(ON)}
    asked = desk.get(url(scene, stale, "still-true")).text
    assert "The text has expired, so another editor must agree." in asked
    assert "dated anew" not in asked
    told = desk.post(url(scene, stale, "still-true"), seen(stale, **source), follow_redirects=True).text
    assert "Noted. Readers see it when another editor agrees." in told
    return scene.scalars(select(Confirmation)).one()


def about(said, stale, **more):
    return seen(stale, said=str(said.id), **more)


def published_on(scene, stale):
    return scene.scalar(select(PublishedExcerpt.information_date).where(PublishedExcerpt.ref == stale.ref))


def test_the_other_editor_finds_it_waiting_and_agrees(desk, scene, first, second, stale, said) -> None:
    mine = desk.get(url(scene, stale)).text
    assert "Ada Writer says that this is still true." in mine
    assert "I agree" not in mine
    assert desk.get(url(scene, stale, "agree")).status_code == 409
    desk.sign_in(second.id)
    page = desk.get(url(scene, stale)).text
    assert "Still true? · " in page
    assert url(scene, stale, "agree") in page
    assert url(scene, stale, "still-true") not in page
    assert published_on(scene, stale) != ON
    assert CALL in desk.get(url(scene, stale, "agree")).text
    assert desk.post(url(scene, stale, "agree"), about(said, stale)).status_code == 303
    assert published_on(scene, stale) == ON
    verification = scene.scalars(select(Verification)).one()
    assert (verification.editor_id, verification.agreed_by_id) == (first.id, second.id)
    assert "Ada Writer, Ben Reader" in desk.get(url(scene, stale)).text
    again = desk.post(url(scene, stale, "agree"), about(said, stale))
    assert again.status_code == 409
    assert "This is done already" in again.text


def test_whoever_agrees_reads_what_the_machine_finds_and_what_was_let_stand(desk, scene, second, stale, said) -> None:
    version = scene.scalars(select(ExcerptVersion).where(ExcerptVersion.excerpt_id == stale.id)).one()
    scene.add(VersionSource(version_id=version.id, revision_id=accepted(scene).revision.id))
    scene.commit()
    desk.sign_in(second.id)
    for name in ("agree", "not-agree"):
        found = checked(desk.get(url(scene, stale, name)).text)
        assert "0 Places that may point to a person" in found
        assert "1 Out of date already" in found
        assert ONE_WILL_DO in found
    assert "Checked for you" not in desk.get(url(scene, stale, "hold")).text


def test_whoever_does_not_agree_says_why_and_the_first_one_reads_it(desk, scene, first, second, stale, said) -> None:
    desk.sign_in(second.id)
    assert desk.post(url(scene, stale, "not-agree"), about(said, stale, reason="")).status_code == 422
    given = about(said, stale, reason="The agent works in another town.")
    assert desk.post(url(scene, stale, "not-agree"), given).status_code == 303
    desk.sign_in(first.id)
    page = desk.get(url(scene, stale)).text
    assert "Ben Reader does not agree that this is still true." in page
    assert "The agent works in another town." in page
    assert url(scene, stale, "still-true") in page


def test_whoever_said_so_takes_it_back(desk, scene, second, stale, said) -> None:
    assert desk.post(url(scene, stale, "agree"), about(said, stale)).status_code == 403
    assert desk.post(url(scene, stale, "unsay"), about(said, stale)).status_code == 303
    page = desk.get(url(scene, stale)).text
    assert "says that this is still true" not in page
    desk.sign_in(second.id)
    for name in ("agree", "not-agree"):
        late = desk.post(url(scene, stale, name), about(said, stale, reason="The agent works in another town."))
        assert late.status_code == 409
        assert "Something changed meanwhile" in late.text
        assert "This is done already" not in late.text
    assert desk.post(url(scene, stale, "agree"), seen(stale, said="nothing")).status_code == 409


@pytest.mark.parametrize(
    ("days", "sensitive", "says"),
    [
        (5, False, "With a source that readers see already, the text is dated anew at once."),
        (5, True, "Its topic is sensitive, so another editor must agree."),
        (100, False, "The text is out of date, so another editor must agree."),
        (180, True, "The text has expired, so another editor must agree."),
    ],
)
def test_the_page_says_beforehand_what_one_word_does(desk, scene, first, days: int, sensitive: bool, says: str) -> None:
    then = now() - timedelta(days=days)
    sources = tuple(SourceLine(one.label, one.kind, then.date()) for one in SOURCES)
    row = published(scene, text(information_date=then.date(), sources=sources), author=first, now=then)
    if sensitive:
        scene.get(PublishedExcerpt, row.ref).topics = ["SEC-police-courts"]
    scene.commit()
    page = desk.sign_in(first.id).get(url(scene, row, "still-true")).text
    assert says in page
    assert ("dated anew" in page) == ("dated anew" in says)
    for one in SOURCES:
        assert f'<option value="{one.label}">' in page


def test_a_source_in_new_words_waits_for_another_editor_and_one_that_readers_see_does_not(desk, scene, first) -> None:
    row = published(scene, recent(), author=first, now=now())
    scene.commit()
    desk.sign_in(first.id)
    advises = {"source": "You should return, it is safe to go back", "kind": "talk", "dated": boxes(ON)}
    refused = desk.post(url(scene, row, "still-true"), seen(row, **advises))
    assert refused.status_code == 422
    assert "This sounds like advice" in refused.text
    assert "it is safe to go back" in refused.text
    known = advises | {"source": SOURCES[0].label}
    told = desk.post(url(scene, row, "still-true"), seen(row, **known), follow_redirects=True).text
    assert "Noted. The text is dated anew." in told
    scene.refresh(row)
    told = desk.post(url(scene, row, "still-true"), seen(row, **advises | {"source": CALL}), follow_redirects=True).text
    assert "Noted. Readers see it when another editor agrees." in told
    assert CALL not in [
        one["label"] for one in scene.get_one(PublishedExcerpt, row.ref, populate_existing=True).sources
    ]


def test_the_list_of_what_waits_for_approval_names_it_and_counts_it(desk, scene, second, stale, said) -> None:
    page = desk.sign_in(second.id).get("/desk/excerpts?view=approval").text
    line = page[page.index('class="q1"') : page.index("</tr>", page.index('class="q1"'))]
    assert url(scene, stale) in line
    assert "Still true?" in line
    assert 'aria-current="page"' in page
    assert desk.get("/desk/excerpts?view=writing").text.count('class="q1"') == 0
