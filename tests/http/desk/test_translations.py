"""Translating at the desk, and what readers are told of a translation."""

import re

import pytest
from sqlalchemy import select

from tests.excerpts import published, recent, text
from tests.factories import make_staff
from tests.http.desk.moving import seen, url
from tests.published import columns_of, make_published
from tests.translated import make_pair, put_into
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.desk import save_version
from workflows.excerpts.models import Excerpt, ExcerptVersion, PublishedExcerpt, PublishedVersion
from workflows.excerpts.translations import update_translation


@pytest.fixture
def original(scene, editor):
    excerpt = published(scene, recent(), now=now())
    scene.commit()
    return excerpt


def french_of(scene, original) -> Excerpt:
    scene.expire_all()
    return scene.scalars(select(Excerpt).where(Excerpt.source_id == original.id)).one()


def test_a_translation_begins_with_the_original_beside_it(desk, scene, original) -> None:
    assert "Translate" in desk.get(url(scene, original)).text
    asked = desk.get(url(scene, original, "translate"))
    assert asked.status_code == 200
    refused = desk.post(url(scene, original, "translate"), seen(original))
    assert refused.status_code == 422
    begun = desk.post(url(scene, original, "translate"), seen(original, language="fr"))
    french = french_of(scene, original)
    assert (begun.status_code, begun.headers["Location"]) == (303, f"/desk/excerpts/{french.ref}")
    page = desk.get(f"/desk/excerpts/{french.ref}/edit").text
    assert "The original: " in page
    assert f">{original.ref}</span>, version 1" in page
    assert "of version 1" in desk.get(f"/desk/excerpts/{original.ref}").text
    again = desk.post(url(scene, original, "translate"), seen(original, language="fr"))
    assert again.status_code == 422


def test_words_that_nobody_translated_are_named(desk, scene, original) -> None:
    desk.post(url(scene, original, "translate"), seen(original, language="fr"))
    french = french_of(scene, original)
    version = scene.scalars(select(ExcerptVersion).where(ExcerptVersion.excerpt_id == french.id)).one()
    version.title, version.body = "Une chambre à Goma", "Le prix a monté [1]."
    scene.commit()
    named = "Word for word as in the original: In short(, What we do not know)?"
    assert re.search(f"{named}, Sources<", desk.get(f"/desk/excerpts/{french.ref}").text)
    version.sources = [source | {"label": f"Marchand numéro {at}"} for at, source in enumerate(version.sources)]
    scene.commit()
    assert re.search(f"{named}<", desk.get(f"/desk/excerpts/{french.ref}").text)


def beside_original(page: str) -> list[tuple[str, ...]]:
    """Direction, language and words of each row: of the original, and of the translation."""
    cell = r'<span(?: class="heads")? dir="(...)" lang="(..)">(.*?)</span>(?:<div class="xs|</div>)'
    found = re.findall(cell, page, re.DOTALL)
    return [(*one, *other) for one, other in zip(found[::2], found[1::2], strict=True)]


def test_whoever_approves_reads_the_original_beside_the_translation(desk, scene) -> None:
    pair = make_pair(scene)
    dutch = put_into(scene, pair.french, "nl", pair.editor, title="Huur", body="## Prijzen\n\nMet erf [1]. En [2].")
    update_translation(scene, pair.editor, dutch.id, now(), version=dutch.version)
    approver = make_staff(scene, Role.EDITOR)
    scene.commit()
    page = desk.sign_in(approver.id).get(f"/desk/excerpts/{dutch.ref}").text
    rows = beside_original(page)
    assert ("ltr", "fr", "Prix", "ltr", "nl", "Prijzen") in rows
    assert ("ltr", "fr", "Le loyer d’une chambre", "ltr", "nl", "Huur") in rows
    assert {(one[1], one[4]) for one in rows} == {("fr", "nl")}
    assert "<ins>" not in page
    assert "<del>" not in page
    assert f"{pair.french.ref}</span>, version 1" in page
    assert 'aria-current="true">beside the original<' in page
    assert 'id="body-1"' in page
    assert "Published, version 1" in desk.get(f"/desk/excerpts/{dutch.ref}?compare=paragraphs").text


def test_the_original_beside_costs_no_statement_more_for_a_longer_text(desk, scene) -> None:
    pair = make_pair(scene)
    version = update_translation(scene, pair.editor, pair.english.id, now(), version=pair.english.version)
    scene.commit()
    desk.sign_in(pair.editor.id)

    def cost() -> int:
        with desk.statements() as seen_by:
            assert "beside the original" in desk.get(f"/desk/excerpts/{pair.english.ref}").text
        return len(seen_by)

    assert cost() >= (short := cost())
    version.body = "\n\n".join(f"Paragraph {number} [1]." for number in range(300))
    scene.get(PublishedVersion, (pair.french.ref, 1)).body = version.body.replace("Paragraph", "Alinéa")
    scene.commit()
    assert cost() <= short


def test_updating_a_translation_starts_from_what_changed(desk, scene, original) -> None:
    desk.post(url(scene, original, "translate"), seen(original, language="fr"))
    french = french_of(scene, original)
    publish_by_hand(scene, french, number=1)
    change_by_hand(scene, original)
    scene.commit()
    page = desk.get(f"/desk/excerpts/{french.ref}").text
    assert "The original changed since." in page
    assert "Update the translation" in page
    french = french_of(scene, original)
    assert desk.post(f"/desk/excerpts/{french.ref}/update-translation", {"version": french.version}).status_code == 303
    form = desk.get(f"/desk/excerpts/{french.ref}/edit").text
    assert "What changed since the translation that readers have, of version 1:" in form
    assert "<ins>" in form
    assert "<del>" in form


def test_of_two_editors_of_a_translation_the_later_sees_both_texts(desk, scene, original) -> None:
    desk.post(url(scene, original, "translate"), seen(original, language="fr"))
    french = french_of(scene, original)
    version = scene.scalars(select(ExcerptVersion).where(ExcerptVersion.excerpt_id == french.id)).one()
    opened, first = seen(version), make_staff(scene, Role.EDITOR, name="Ada Writer")
    wanted = recent(title="Une chambre", summary=version.summary.replace("80", "95"))
    save_version(scene, first, version.id, wanted, [], now(), version=version.version)
    scene.commit()
    late = desk.post(url(scene, french, "send"), opened)
    assert late.status_code == 409
    assert "Ada Writer wrote in it at " in late.text
    assert "<del>80</del>" in late.text
    assert "<ins>95</ins>" in late.text


def publish_by_hand(scene, excerpt, number: int) -> None:
    version = scene.scalars(select(ExcerptVersion).where(ExcerptVersion.excerpt_id == excerpt.id)).one()
    version.state, excerpt.state = "published", "published"
    make_published(scene, ref=excerpt.ref, source_number=number, language="fr")


def change_by_hand(scene, original) -> None:
    flat = scene.get(PublishedExcerpt, original.ref)
    old = scene.get(PublishedVersion, (original.ref, 1))
    columns = columns_of(old)
    changed = text().summary.replace("80", "95")
    scene.add(PublishedVersion(**columns | {"number": 2, "summary": changed, "change": "update"}))
    flat.number, flat.summary = 2, changed
