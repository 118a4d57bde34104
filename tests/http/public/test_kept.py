"""Public pages may be kept by anybody between us and a reader, who asks again what became of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.factories import make_staff
from tests.sheets import change_text, make_sheet, make_text
from tests.sites import Browser
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.models import PublishedExcerpt
from workflows.sheets.models import PublishedEdition

SEARCH = "/en/search?q=Texte"
"""It says no day: that would cost it a statement, and its ETag says all that is needed."""
PAGES = ("/en/", "/en/countries", "/en/c/COD", "/en/c/COD/HEA", "/en/topics", SEARCH, "/en/e/{ref}",
         "/en/e/{ref}/v1", "/en/e/{ref}/diff/1..2", "/en/sheet/COD", "/en/sheet/COD/editions/1", "/en/method", "/en/privacy",
         "/en/accessibility", "/en/api", "/en/help", "/en/help/ask")  # fmt: skip
FILES = ("/en/e/{ref}/v1.ris", "/en/e/{ref}/v1.bib", "/en/sheet/COD.docx", "/en/sheet/COD.pdf",
         "/en/sheet/COD/editions/1.docx", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-texts.xml", "/robots.txt", "/feeds/COD.atom",
         "/feeds/HEA.json")  # fmt: skip
OF_THE_PROGRAM = (
    "/en/method",
    "/en/privacy",
    "/en/accessibility",
    "/en/api",
    "/en/help",
    "/en/help/ask",
    "/robots.txt",
)


@pytest.fixture
def ref(scene: Session) -> str:
    """A text in two versions and a sheet that holds it; nothing changed since a week."""
    author, approver = make_staff(scene, Role.EDITOR), make_staff(scene, Role.EDITOR)
    made = make_text(scene, "HEA", versions=2)
    scene.flush()
    make_sheet(scene, author, approver, {"HEA": [made]})
    week = clock.today() - timedelta(days=7)
    scene.execute(update(PublishedExcerpt).values(changed_on=week))
    scene.execute(update(PublishedEdition).values(published_on=week))
    scene.commit()
    return made


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_it_may_be_kept_for_minutes_and_says_by_what_it_is_known_again(public: Browser, ref: str, path: str):
    address = path.format(ref=ref)
    answer = public.get(address)
    assert answer.status_code == 200
    assert answer.cache_control.public
    assert 0 < answer.cache_control.max_age <= timedelta(minutes=5).total_seconds()
    assert answer.get_etag()[0]
    assert path == SEARCH or now() - timedelta(days=1) <= answer.last_modified <= now()
    assert "Set-Cookie" not in answer.headers
    known = {"If-None-Match": answer.headers["ETag"], "If-Modified-Since": answer.headers.get("Last-Modified")}
    for asked in ({name: value} for name, value in known.items() if value):
        again = public.get(address, headers=asked)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Vary"] == answer.headers["Vary"]
        assert again.headers["Cache-Control"] == answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_kept_apart_by_what_browsers_bring_along(public: Browser, ref: str, path: str):
    """It may show what somebody was just told."""
    answer = public.get(path.format(ref=ref))
    assert {"Cookie", "Accept-Encoding"} <= {one.strip() for one in answer.headers["Vary"].split(",")}


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_the_same_for_everybody(public: Browser, ref: str, path: str):
    assert "Cookie" not in public.get(path.format(ref=ref)).headers["Vary"]


@pytest.mark.parametrize("path", [one for one in (*PAGES, *FILES) if one not in (SEARCH, *OF_THE_PROGRAM)])
def test_what_changed_today_is_never_called_unchanged(public: Browser, scene: Session, ref: str, path: str):
    address = path.format(ref=ref)
    before = public.get(address)
    change_text(scene, ref, state="retracted", listed=False, notice="Wrong.", changed_on=clock.today())
    scene.commit()
    after = public.get(address, headers={"If-Modified-Since": before.headers["Last-Modified"]})
    assert after.status_code != 304
    assert "Last-Modified" not in after.headers


def test_who_was_just_told_something_gets_a_page_of_their_own(public: Browser, ref: str):
    kept = public.get("/en/")
    with public.client.session_transaction() as mine:
        mine["_flashes"] = [("message", "Your report reached us.")]
    told = public.get("/en/", headers={"If-Modified-Since": kept.headers["Last-Modified"]})
    assert told.status_code == 200
    assert "Your report reached us." in told.text
    assert "no-store" in told.headers["Cache-Control"]
    assert "Last-Modified" not in told.headers


def test_every_page_that_may_be_kept_is_in_this_test(public: Browser, ref: str):
    bound = public.app.url_map.bind("localhost")
    here = {bound.match(path.format(ref=ref).partition("?")[0])[0] for path in (*PAGES, *FILES)}
    kept = {name for name, view in public.app.view_functions.items() if "kept" in layers(view)}
    assert kept - here == {"dumps.show"}, "it needs the files of the night"


def layers(view: Any) -> Iterator[str]:
    """What a view is wrapped in, from the outside."""
    while view is not None:
        yield view.__code__.co_name
        view = getattr(view, "__wrapped__", None)
