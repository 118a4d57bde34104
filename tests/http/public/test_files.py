"""The files of a text: named on its page, handed out as downloads under names of ours, gone when the text is."""

import gzip
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.published import make_published
from tests.sites import Browser
from workflows.excerpts.models import PublishedExcerpt
from workflows.excerpts.published_files import PublishedFile

PHOTO = b"\xff\xd8\xff\xe0 a photo of \x00 prices"
TITLE = "Les prix affichés <au marché>"
FILES = [
    {"name": "photo-1.jpg", "title": TITLE, "media": "image/jpeg", "size": 245_001},
    {"name": "document-2.pdf", "title": "Le formulaire", "media": "application/pdf", "size": 2_400_000},
]


def make(scene: Session, **values: Any) -> str:
    ref = make_published(scene, files=FILES, **values)
    for number, one in enumerate(FILES, start=1):
        scene.add(PublishedFile(ref=ref, number=number, name=one["name"], attachment_id=uuid4(), media=one["media"],
                                data=PHOTO))  # fmt: skip
    scene.commit()
    return ref


@pytest.mark.parametrize("address", ["/en/e/{ref}", "/en/e/{ref}/v1"])
def test_the_page_says_what_each_file_shows_what_it_is_and_how_large(
    public: Browser, scene: Session, address: str
) -> None:
    ref = make(scene)
    page = public.get(address.format(ref=ref)).text
    assert (
        f'<a href="/en/e/{ref}/files/photo-1.jpg" download lang="fr" dir="auto">Les prix affichés &lt;au marché&gt;</a>'
        in page
    )
    assert "Photo, 240 kB" in page
    assert "PDF, 2.3 MB" in page


@pytest.mark.parametrize(("lang", "said"), [("fr", "PDF, 2,3 Mo"), ("nl", "Pdf, 2,3 MB")])
def test_it_is_said_in_the_language_of_the_page(public: Browser, scene: Session, lang: str, said: str) -> None:
    assert said.casefold() in public.get(f"/{lang}/e/{make(scene)}").text.casefold()


def test_a_text_without_files_says_nothing_of_them(public: Browser, scene: Session) -> None:
    ref = make_published(scene)
    scene.commit()
    assert 'id="files"' not in public.get(f"/en/e/{ref}").text


def translated(scene: Session, original: str, **values: Any) -> str:
    ref = make_published(scene, language="nl", source_ref=original, source_number=1, **values)
    scene.commit()
    return ref


def test_a_translation_shows_the_files_of_its_original_and_says_in_which_language_they_are(
    public: Browser, scene: Session
) -> None:
    original = make(scene)
    page = public.get(f"/en/e/{translated(scene, original)}").text
    assert f'<a href="/en/e/{original}/files/photo-1.jpg" download lang="fr" dir="auto">Les prix affichés' in page
    assert "They came with the original and are in its language: Français." in page
    assert "They came with" not in public.get(f"/en/e/{original}").text


@pytest.mark.parametrize("state", ["on_hold", "withdrawn", "retracted"])
def test_a_translation_shows_no_files_of_an_original_that_is_not_published(
    public: Browser, scene: Session, state: str
) -> None:
    ref = translated(scene, make(scene, state=state))
    assert 'id="files"' not in public.get(f"/en/e/{ref}").text


def test_a_translation_that_is_taken_back_shows_none_of_them(public: Browser, scene: Session) -> None:
    ref = translated(scene, make(scene), state="withdrawn")
    assert 'id="files"' not in public.get(f"/en/e/{ref}").text


def test_the_file_is_handed_out_as_it_is_and_never_shown_by_the_browser(public: Browser, scene: Session) -> None:
    ref = make(scene)
    answer = public.get(f"/en/e/{ref}/files/photo-1.jpg")
    assert answer.data == PHOTO
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{ref}-photo-1.jpg"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers
    again = public.get(f"/en/e/{ref}/files/photo-1.jpg", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["photo-2.jpg", "document-1.pdf", "photo-1", "..%2Fphoto-1.jpg", "%00"])
def test_there_is_no_file_under_another_name(public: Browser, scene: Session, name: str) -> None:
    assert public.get(f"/en/e/{make(scene)}/files/{name}").status_code == 404


@pytest.mark.parametrize("state", ["on_hold", "withdrawn", "retracted"])
def test_a_text_that_is_held_or_taken_back_hands_out_nothing(public: Browser, scene: Session, state: str) -> None:
    ref = make(scene)
    scene.execute(update(PublishedExcerpt).where(PublishedExcerpt.ref == ref).values(state=state, listed=False))
    scene.commit()
    assert public.get(f"/en/e/{ref}/files/photo-1.jpg").status_code == 404
    for address in (f"/en/e/{ref}", f"/en/e/{ref}/v1"):
        assert "photo-1.jpg" not in public.get(address).text
    for address in (f"/api/v1/excerpts/{ref}", f"/api/v1/excerpts/{ref}/versions/1"):
        assert public.get(address).get_json()["files"] == []


def test_a_file_that_was_taken_away_is_not_found(public: Browser, scene: Session) -> None:
    ref = make(scene)
    scene.execute(update(PublishedFile).values(data=None))
    scene.commit()
    assert public.get(f"/en/e/{ref}/files/photo-1.jpg").status_code == 404


@pytest.mark.parametrize("address", ["/api/v1/excerpts/{ref}", "/api/v1/excerpts/{ref}/versions/1"])
def test_programs_are_told_of_them(public: Browser, scene: Session, address: str) -> None:
    ref = make(scene)
    photo, document = public.get(address.format(ref=ref)).get_json()["files"]
    assert photo["url"].startswith("http")
    assert photo == {"title": TITLE, "media": "image/jpeg", "size": 245_001, "url": photo["url"]}
    assert public.get(document["url"].partition("://")[2].partition("/")[2].join(("/", ""))).data == PHOTO


@pytest.mark.parametrize("size", [3, 300])
def test_files_cost_the_page_no_statement_and_a_download_one(public: Browser, scene: Session, size: int) -> None:
    ref = make(scene)
    for _ in range(size):
        make_published(scene)
    scene.commit()
    public.get("/en/topics")
    with public.statements() as page:
        public.get(f"/en/e/{ref}")
    with public.statements() as download:
        public.get(f"/en/e/{ref}/files/photo-1.jpg")
    assert len(page) <= 5
    assert len(download) == 1


def test_a_page_with_files_weighs_less_than_twelve_kilobytes(public: Browser, scene: Session) -> None:
    assert len(gzip.compress(public.get(f"/ar/e/{make(scene)}").data)) <= 12 * 1024
