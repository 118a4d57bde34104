"""What crosses a bad line is small: pages and files are compressed, and a file is fetched once."""

import gzip
import re

import pytest

from tests.factories import make_answer, make_assignment, make_researcher
from web_kit.files import asset
from workflows.accounts.models import PartnerOrganisation

PAGES = {"public": "/en/", "desk": "/login", "portal": "/login", "caseload": "/login"}
STYLE = "kit/terrain.css"
PACKED = {"Accept-Encoding": "gzip"}


@pytest.fixture(params=PAGES)
def site(request: pytest.FixtureRequest):
    return request.getfixturevalue(request.param)


def test_a_page_is_compressed_for_whoever_can_read_that(site) -> None:
    plain = site.get(PAGES[site.site.name])
    packed = site.get(PAGES[site.site.name], headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data)
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert b"<html" in gzip.decompress(packed.data)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_file_is_compressed_and_kept_for_a_year(site, encoding: str) -> None:
    answer = site.get(address_of(site, STYLE), headers={"Accept-Encoding": encoding})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == encoding
    assert len(answer.data) <= 10_000
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_file_that_did_not_change_is_not_sent_again(site) -> None:
    address = address_of(site, STYLE)
    first = site.get(address, headers={"Accept-Encoding": "gzip"})
    again = site.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_picture_that_browsers_ask_for_by_themselves_is_there_for_a_day_and_is_small(site, capsys) -> None:
    answer = site.get("/favicon.ico")
    assert (answer.status_code, answer.mimetype) == (200, "image/vnd.microsoft.icon")
    assert answer.data[:4] == b"\0\0\1\0"
    assert len(answer.data) < 1_000
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in answer.headers
    assert capsys.readouterr().out.count("page=static") == 1


def address_of(site, path: str) -> str:
    with site.app.test_request_context():
        return asset(path)


def test_nothing_outside_the_folder_is_a_file(site) -> None:
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/kit",
        "/static/kit/nothing.css",
        "/static//etc/passwd",
    ):
        assert site.get(path).status_code in {308, 404}


def test_all_scripts_of_the_workspace_together_weigh_less_than_8_kb(portal, scene) -> None:
    """Those of the page of a task, with every script that they name themselves: no page has others."""
    researcher = make_researcher(scene, language="en")
    task = make_assignment(scene, scene.get_one(PartnerOrganisation, researcher.partner_id), state="accepted")
    make_answer(scene, task)
    scene.commit()
    page = portal.sign_in(researcher.id).get(f"/w/t/{task.id}").text
    waiting, sizes = re.findall(r'src="(/static/[^"]+\.js[^"]*)"', page), {}
    while waiting:
        path = waiting.pop()
        file = portal.get(path, headers=PACKED)
        sizes[path] = len(file.data)
        named = re.findall(r'from ?"\./([^"]+)"', gzip.decompress(file.data).decode())
        assert all("?v=" in name for name in named)
        waiting += [address for name in named if (address := f"/static/kit/{name}") not in sizes]
    assert len(sizes) >= 4
    assert sum(sizes.values()) <= 8_000


def test_the_first_page_of_the_workspace_is_light_with_all_that_it_loads(portal, scene) -> None:
    """Under 50 kB in all, and its scripts under 8 kB."""
    researcher = make_researcher(scene)
    scene.commit()
    page = portal.sign_in(researcher.id).get("/w", headers=PACKED)
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', gzip.decompress(page.data).decode()))
    sizes = {path: len(portal.get(path, headers=PACKED).data) for path in loaded}
    scripts = [size for path, size in sizes.items() if ".js" in path]
    assert scripts
    assert sum(scripts) <= 8_000
    assert len(page.data) + sum(sizes.values()) <= 50_000
