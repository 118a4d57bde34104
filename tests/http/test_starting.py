"""What is large and seldom used is loaded by whoever uses it, not by every process of a site as it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.published import make_published

ROOT = Path(__file__).parents[2]
FILES = ("docx", "lxml", "pikepdf", "typst", "segno")
SEARCHING_FOR_PEOPLE = ("workflows.depersonalise.detector", "workflows.depersonalise.rare", "phonenumbers", "stdnum")
SELDOM = (*FILES, *SEARCHING_FOR_PEOPLE, "celery", "kombu", "cryptography", "holidays")
OTHER_SITES = {
    "webapp.wsgi": ("webapp.desk", "webapp.caseload", "partner_portal", "sandbox", "tasks", "web_kit.login"),
    "webapp.desk_wsgi": ("webapp.public.app", "webapp.caseload", "partner_portal", "sandbox", "tasks"),
    "webapp.caseload_wsgi": ("webapp.public.app", "webapp.desk", "partner_portal", "sandbox", "tasks"),
    "partner_portal.wsgi": ("webapp", "tasks"),
}
FIRST_PAGES = {
    "webapp.wsgi": ("/en/", "/fr/search", "/en/search?q=insuline", "/en/countries", "/nl/topics", "/fr/c/COD"),
    "webapp.desk_wsgi": ("/login",),
    "webapp.caseload_wsgi": ("/login",),
    "partner_portal.wsgi": ("/login",),
}
SAY_WHAT_IS_LOADED = """
import importlib, sys
site, *pages = sys.argv[1:]
browser = importlib.import_module(site).app.test_client()
for page in pages:
    answer = browser.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
print("\\n".join(["loaded:", *sys.modules]))
"""


def loaded(site: str, pages: tuple[str, ...], environment: dict[str, str]) -> set[str]:
    """The modules of a process of this site that has served these pages."""
    command = [sys.executable, "-c", SAY_WHAT_IS_LOADED, site, *pages]
    env = {**environment, "PATH": os.environ["PATH"]}
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return set(said.stdout.partition("loaded:\n")[2].split())


@pytest.mark.parametrize("site", FIRST_PAGES)
def test_a_site_starts_without_what_its_first_pages_do_not_use(site: str, environment, scene) -> None:
    make_published(scene, title="Insuline à Kinshasa")
    scene.commit()
    modules = loaded(site, FIRST_PAGES[site], environment)
    needless = (*SELDOM, *OTHER_SITES[site])
    assert "flask" in modules
    assert not [name for name in sorted(modules) if name.startswith(tuple(f"{one}." for one in needless))]
    assert not modules & set(needless)


def test_the_search_for_people_is_loaded_by_the_first_who_asks_for_it_and_stays() -> None:
    ask = "print(find('My number is 0475 12 34 56.', 'en', date.max)[0].kind.value, 'phonenumbers' in sys.modules)"
    steps = ["import sys", "from datetime import date", "from workflows.depersonalise import find"]
    code = "\n".join([*steps, "print('phonenumbers' in sys.modules)", ask, ask])
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "phone", "True", "phone", "True"]
