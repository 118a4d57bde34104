"""The pages of open data, and the files as they are sent."""

import gzip
import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from config import policy
from tasks.dumps import write
from tasks.world import World
from tests.published import make_published
from tests.sites import Browser
from workflows.core import clock
from workflows.core.dump_folder import Manifest


@pytest.fixture
def world(world: World, public: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The worker's, which writes where this site reads."""
    monkeypatch.setitem(public.app.config, "DUMPS_FOLDER", world.dumps_folder)
    return world


@pytest.fixture
def dump(scene: Session, world: World) -> Manifest:
    make_published(scene, title="Insuline")
    scene.commit()
    write(world)
    found = Manifest.read(world.dumps_folder)
    assert found is not None
    return found


@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_the_pages_open_with_and_without_a_dump(public: Browser, world: World, scene: Session, lang: str) -> None:
    assert "excerpts.jsonl" not in public.get(f"/{lang}/dumps").text
    write(world)
    page = public.get(f"/{lang}/dumps").text
    assert "/dumps/excerpts.jsonl.gz" in page
    assert "creativecommons.org/licenses/by/4.0" in page
    assert "/api/v1/openapi.json" in public.get(f"/{lang}/api").text


@pytest.mark.parametrize(
    ("lang", "kept", "limit"),
    [
        ("en", "kept for 5 minutes", "300 requests a minute"),
        ("fr", "gardées 5 minutes", "300 requêtes par minute"),
        ("nl", "5 minuten bewaren", "300 aanvragen per minuut"),
        ("ar", "5 دقائق", "300 طلب في الدقيقة"),
    ],
)
def test_the_numbers_of_the_interface_agree_with_what_they_count(
    public: Browser, lang: str, kept: str, limit: str
) -> None:
    page = public.get(f"/{lang}/api").text
    assert kept in page
    assert limit in page


def test_every_example_of_the_page_works(public: Browser, dump: Manifest) -> None:
    page = public.get("/en/api").text
    examples = [part.partition('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]]
    asked = [path for path in examples if path.startswith("/api/")]
    assert len(asked) >= 6
    assert {public.get(path).status_code for path in asked} == {200}


def test_a_file_is_what_its_sum_says_whole_packed_or_in_part(public: Browser, dump: Manifest) -> None:
    for file in dump.files:
        whole = public.get(f"/dumps/{file.name}", buffered=True)
        assert whole.mimetype == file.media
        assert hashlib.sha256(whole.data).hexdigest() == file.sha256 == whole.get_etag()[0]
        packed = public.get(f"/dumps/{file.name}.gz", buffered=True)
        assert hashlib.sha256(packed.data).hexdigest() == file.gzip.sha256 == packed.get_etag()[0]
        unpacked = public.get(f"/dumps/{file.name}", headers={"Accept-Encoding": "gzip"}, buffered=True)
        assert unpacked.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(unpacked.data) == whole.data
    rest = public.get("/dumps/excerpts.jsonl", headers={"Range": "bytes=10-"}, buffered=True)
    assert (rest.status_code, rest.data) == (206, public.get("/dumps/excerpts.jsonl", buffered=True).data[10:])


def test_the_sums_are_told_for_a_program_and_for_the_command_line(public: Browser, dump: Manifest) -> None:
    told = public.get("/dumps/manifest.json").json
    assert {file["name"]: file["rows"] for file in told["files"]}["excerpts.jsonl"] == 1
    listed = dict(line.split("  ")[::-1] for line in public.get("/dumps/SHA256SUMS").text.splitlines())
    assert listed == {name: digest for file in dump.files for name, digest in ((file.name, file.sha256), (f"{file.name}.gz", file.gzip.sha256))}  # fmt: skip


@pytest.mark.parametrize("name", ["excerpts.jsonl", "excerpts.csv.gz", "manifest.json", "SHA256SUMS"])
def test_a_file_that_did_not_change_is_not_sent_again_and_sets_no_cookie(
    public: Browser, dump: Manifest, name: str
) -> None:
    first = public.get(f"/dumps/{name}", buffered=True)
    assert "public" in first.headers["Cache-Control"]
    assert "Cookie" not in first.headers.get("Vary", "")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first.headers
    again = public.get(f"/dumps/{name}", headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["nothing.csv", "lock", "..%2fmanifest.json", "excerpts", "manifest.json.gz", "%00"])
def test_nothing_else_is_a_file(public: Browser, dump: Manifest, name: str) -> None:
    assert public.get(f"/dumps/{name}").status_code == 404


def test_the_new_dump_is_sent_when_it_takes_the_place_of_the_old_one_meanwhile(
    public: Browser, dump: Manifest, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, before = Manifest.read, [dump]
    old = world.dumps_folder / dump.folder
    (world.dumps_folder / "newer").mkdir()
    for place in old.iterdir():
        os.link(place, world.dumps_folder / "newer" / place.name)
        place.unlink()
    Manifest(**vars(dump) | {"folder": "newer"}).put_in_place(world.dumps_folder)
    monkeypatch.setattr(Manifest, "read", lambda root: before.pop() if before else real(root))
    assert public.get("/dumps/excerpts.jsonl", buffered=True).status_code == 200


def test_the_page_says_when_the_files_are_late(
    public: Browser, dump: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "older than they should be" not in public.get("/en/dumps").text
    later = clock.now() + policy.DUMP_LATE_AFTER + timedelta(minutes=1)
    monkeypatch.setattr("webapp.public.dumps.now", lambda: later)
    assert "older than they should be" in public.get("/en/dumps").text


def test_the_short_address_leads_to_the_page(public: Browser, dump: Manifest) -> None:
    assert public.get("/dumps/", headers={"Accept-Language": "nl"}).headers["Location"] == "/nl/dumps"


@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_the_licence_is_a_file_to_keep_beside_the_others(public: Browser, dump: Manifest, lang: str) -> None:
    assert 'href="/dumps/LICENSE.txt"' in public.get(f"/{lang}/dumps").text
    answer = public.get("/dumps/LICENSE.txt")
    assert answer.mimetype == "text/plain"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "https://creativecommons.org/licenses/by/4.0/" in answer.text
    assert public.site.base_url in answer.text
