"""Files beside a text at the desk: whoever approves opens each, and a release gives back what was sent without it."""

import pytest

from tests.excerpts import drafted, published, recent, sent
from tests.factories import make_attachment, make_staff
from tests.http.desk.moving import state_of, url
from tests.reviews import submitted
from workflows.core.actors import Role
from workflows.core.clock import now

TITLE = "Prices on a board at the market"


@pytest.fixture
def case(scene):
    return submitted(scene, state="accepted")


@pytest.fixture
def approver(editor):
    """Whoever is signed in: an editor who wrote nothing."""
    return editor


def in_review(scene, case, **values):
    row = make_attachment(scene, case.answer, sent_in=1, **{"state": "released", "public_title": TITLE} | values)
    version = sent(scene, make_staff(scene, Role.EDITOR), recent(), now=now(), revisions=[case.revision.id])
    scene.commit()
    return row, version


def test_whoever_approves_sees_each_file_and_opens_it(desk, scene, case, approver) -> None:
    row, version = in_review(scene, case)
    page = desk.get(url(scene, version)).text
    copy = f"/desk/reviews/{case.answer.id}/files/{row.id}/copy"
    assert TITLE in page
    assert "document-1.pdf" in page
    assert "PDF, 1 kB" in page
    assert f'action="{copy}"' in page
    assert desk.post(copy).data == b"%PDF-clean"


def test_approval_is_refused_next_to_the_files_until_each_is_opened(desk, scene, case, approver) -> None:
    row, version = in_review(scene, case)
    approve = url(scene, version) + "/approve"
    page = desk.get(approve).text
    assert "You have not opened it yet." in page
    sent_form = {"version": version.version, "number": 1}
    refused = desk.post(approve, sent_form)
    assert refused.status_code == 422
    assert "Open each file first: readers get it with the text." in refused.text
    assert '<p class="err">You have not opened it yet.</p>' in refused.text
    assert state_of(scene, version) == "in_review"
    desk.post(f"/desk/reviews/{case.answer.id}/files/{row.id}/copy")
    page = desk.get(approve).text
    assert "You have not opened it yet." not in page
    assert f"Opened by {approver.name}, " in page
    assert desk.post(approve, sent_form).status_code == 303
    assert state_of(scene, version) == "published"


def test_what_is_not_released_is_named_as_such(desk, scene, case, approver) -> None:
    row, version = in_review(scene, case, state="clean", public_title=None)
    page = desk.get(url(scene, version)).text
    assert "Not released, not shown" in page
    assert f'href="/desk/reviews/{case.answer.id}/files/{row.id}"' in page
    assert "Readers get these with the text" not in page


def test_an_officer_reads_that_there_is_a_file_and_opens_none(desk, scene, case) -> None:
    _row, version = in_review(scene, case)
    officer = make_staff(scene, Role.OFFICER)
    scene.commit()
    desk.sign_in(officer.id)
    page = desk.get(url(scene, version)).text
    assert TITLE in page
    assert "/copy" not in page


def test_a_published_text_says_which_files_readers_have(desk, scene, case, approver) -> None:
    make_attachment(scene, case.answer, sent_in=1, state="released", public_title=TITLE)
    excerpt = published(scene, recent(), now=now(), revisions=[case.revision.id])
    scene.commit()
    page = desk.get(url(scene, excerpt)).text
    assert TITLE in page
    assert "document-1.pdf" in page


@pytest.mark.parametrize(
    ("state", "act", "typed"), [("clean", "release", {"title": TITLE}), ("released", "refuse", {})]
)
def test_another_set_of_files_gives_a_sent_text_back_and_says_so(
    desk, scene, case, approver, state, act, typed
) -> None:
    row, version = in_review(scene, case, state=state)
    address = f"/desk/reviews/{case.answer.id}/files/{row.id}"
    assert desk.post(f"{address}/{act}", {"version": row.version, **typed}).status_code == 303
    assert state_of(scene, version) == "draft"
    said = "A text that was sent for approval is a draft again, because its files changed."
    assert said in desk.get(f"/desk/reviews/{case.answer.id}").text


def test_a_line_that_points_to_a_person_is_refused_and_kept(desk, scene, case, approver) -> None:
    row, version = in_review(scene, case, state="clean", public_title=None)
    typed = "Receipt of Mrs Amina Kabongo"
    answer = desk.post(
        f"/desk/reviews/{case.answer.id}/files/{row.id}/release", {"version": row.version, "title": typed}
    )
    assert answer.status_code == 422
    assert "This may point to a person." in answer.text
    assert typed in answer.text
    assert state_of(scene, version) == "in_review"


def test_the_files_of_a_text_cost_one_statement_however_many_there_are(desk, scene, case, approver) -> None:
    version = drafted(scene, make_staff(scene, Role.EDITOR), recent(), now=now(), revisions=[case.revision.id])

    def cost(files: range) -> int:
        for number in files:
            make_attachment(scene, case.answer, number=number, sent_in=1, state="released", public_title=TITLE)
        scene.commit()
        with desk.statements() as seen:
            assert desk.get(url(scene, version)).status_code == 200
        return len(seen)

    assert cost(range(1, 4)) == cost(range(4, 301))
