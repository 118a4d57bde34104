"""A proposed text beside what is published, with its checks and its place in the queue."""

import re
from datetime import timedelta

import pytest

from tests.excerpts import drafted, published, recent, sent
from tests.factories import make_staff
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.desk import draft_next_version, save_version
from workflows.excerpts.models import Excerpt


@pytest.fixture
def editor(desk, scene):
    actor = make_staff(scene, Role.EDITOR, name="Ada Writer")
    scene.commit()
    desk.sign_in(actor.id)
    return actor


def ref_of(scene, version) -> str:
    return scene.get(Excerpt, version.excerpt_id).ref


def test_a_next_version_stands_beside_the_published_one(desk, scene, editor) -> None:
    excerpt = published(scene, recent(), now=now())
    version = draft_next_version(scene, editor, excerpt.id, "update", now(), version=excerpt.version)
    scene.flush()
    save_version(scene, editor, version.id, recent(summary="A room costs about 90 to 150 US dollars a month.",
                 change="update", public_note="Prices rose."), [], now(), version=version.version)  # fmt: skip
    scene.commit()
    page = desk.get(f"/desk/excerpts/{excerpt.ref}").text
    assert "<del>80</del>" in page
    assert re.search(r'id="summary-0"><span class="lab">In short.*?<ins>90</ins>', page, re.DOTALL)
    assert "+1 −1" in page
    assert '<span dir="ltr" lang="en">A room costs about <ins>90</ins>' in page
    assert '<div lang="en">' not in page
    assert "Prices rose." in page
    assert 'href="#decide"' in page
    assert 'id="decide"' in page
    sources = desk.get(f"/desk/excerpts/{excerpt.ref}?compare=sources").text
    assert "<del>" not in sources
    assert 'id="sources-1"' in sources
    assert 'id="summary-0"' not in sources
    assert "<h2>Prices</h2>" in desk.get(f"/desk/excerpts/{excerpt.ref}?compare=full").text


def test_checks_lead_to_the_paragraph_of_a_proposed_text(desk, scene, editor) -> None:
    body = "## Prices\n\nThe rent is 80 [1].\n\nThree months are usual [7]."
    ref = ref_of(scene, drafted(scene, editor, recent(body=body), now=now()))
    scene.commit()
    page = desk.get(f"/desk/excerpts/{ref}").text
    assert 'Prices without a currency: <a href="#body-1"' in page
    assert 'References to a source that is not there: <a href="#body-2"><bdi>[7]</bdi></a>' in page
    assert 'Sources that the text never refers to: <a href="#sources-1"><bdi>2</bdi></a>' in page
    assert "Text: It refers to a source that is not there." in page
    assert all(f'id="{place}"' in page for place in ("body-1", "body-2", "sources-1"))


def test_a_text_beside_nothing_has_labels_of_its_own_language_and_no_signs_of_markdown(desk, scene, editor) -> None:
    body = "## Prix\n\nLe loyer est de 80 USD [1].\n\n- Une caution\n- Une cour [2]"
    version = sent(scene, make_staff(scene, Role.EDITOR), recent(title="Loyer", body=body), language="fr", now=now())
    scene.commit()
    page = desk.get(f"/desk/excerpts/{ref_of(scene, version)}").text
    for label, css, says in (
        ("Title", "pre", "Loyer<"), ("Text", "pre heads", "Prix<"), ("Sources", "pre", "1 Visit to eleven homes")
    ):  # fmt: skip
        assert f'<span class="lab" lang="en">{label}</span><span class="{css}" dir="auto">{says}' in page
    assert "##" not in page
    assert 'dir="auto">• Une caution</span>' in page


def test_the_queue_of_approvals_stands_beside_the_text(desk, scene, editor) -> None:
    author = make_staff(scene, Role.EDITOR)
    first, second = (sent(scene, author, recent(title=title), now=now()) for title in ("Rent in May", "Rent in June"))
    first.saved_at = now() - timedelta(days=30)
    scene.commit()
    page = desk.get(f"/desk/excerpts/{ref_of(scene, second)}").text
    assert "2 of 2" in page
    assert re.search(rf'href="/desk/excerpts/{ref_of(scene, first)}" data-key="k"', page)
    assert page.index("Rent in May") < page.index("Rent in June")
    assert " d late" in page
