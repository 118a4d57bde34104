"""How long a process of each site takes to start and to serve its first page, and how much memory it holds then.

Each is a process of its own, in turns with the limit application. Only what is installed to serve is loaded: `rich`,
which structlog takes where it finds it, comes with the tools of whoever changes the system.

"Libraries" is what nothing of ours can change as long as we use them: all that the public site loads and did not come
from us, and a mapping of as many tables with as many columns, and then the limit application's page.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.world import BenchWorld

ROOT = Path(__file__).parent.parent
ROUNDS = 7
SITES = {
    "limit": ("limit", "/"),
    "libraries": ("limit", "/"),
    "public": ("webapp.wsgi", "/en/"),
    "desk": ("webapp.desk_wsgi", "/login"),
    "caseload": ("webapp.caseload_wsgi", "/login"),
    "portal": ("partner_portal.wsgi", "/login"),
}
LOADED = """
import json, sys
sys.modules["rich"] = None
from webapp.wsgi import app
app.test_client().get("/en/")
from workflows.core.db import Base
print(json.dumps([list(sys.modules), [len(table.columns) for table in Base.metadata.tables.values()]]))
"""
START = """
import importlib, json, os, sys, time
from contextlib import suppress
sys.modules["rich"] = None
site, page, modules, tables = sys.argv[1], sys.argv[2], *json.loads(sys.argv[3])
for name in modules:
    with suppress(ImportError):  # a few are parts of others, under a name that cannot be imported
        importlib.import_module(name)
if tables:
    from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column
    class Base(DeclarativeBase):
        pass
    for number, columns in enumerate(tables):
        named = {f"c{one}": mapped_column(primary_key=not one) for one in range(columns)}
        typed = {"__annotations__": {name: Mapped[str] for name in named}}
        type(f"Table{number}", (Base,), {"__tablename__": f"t{number}", **typed, **named})
    configure_mappers()
if site == "limit":
    from benchmarks.limit import limit_app
    app = limit_app(os.environ["DATABASE_URL_PUBLIC"])
else:
    app = importlib.import_module(site).app
made = time.process_time()
status = app.test_client().get(page).status_code
served = time.process_time()
resident = next(line for line in open("/proc/self/status") if line.startswith("VmRSS"))
print(json.dumps({"status": status, "start": made, "page": served, "memory": int(resident.split()[1]) / 1024}))
"""


def main(world: BenchWorld) -> None:
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in SITES}
    libraries = _libraries(world)
    for number in range(ROUNDS + 1):
        for name, (site, page) in SITES.items():
            one = _started(world, site, page, libraries if name == "libraries" else "[[], []]")
            if number:  # the first round compiles modules and templates
                taken[name].append(one)
    print(f"\nStart, median and range of {ROUNDS} processes each: seconds of processor time, MB")
    print(f"{'':<10}{'ready':>8}{'first page':>20}{'memory':>16}   × limit: page, memory")
    floor = {what: statistics.median(one[what] for one in taken["limit"]) for what in ("page", "memory")}
    for name, rounds in taken.items():
        ready, page, memory = ([one[what] for one in rounds] for what in ("start", "page", "memory"))
        ratios = statistics.median(page) / floor["page"], statistics.median(memory) / floor["memory"]
        print(
            f"{name:<10}{statistics.median(ready):8.2f}{statistics.median(page):8.2f} ({min(page):.2f}–{max(page):.2f})"
            f"{statistics.median(memory):7.0f} ({min(memory):.0f}–{max(memory):.0f}){ratios[0]:11.2f}{ratios[1]:8.2f}"
        )


def _libraries(world: BenchWorld) -> str:
    """The modules that the public site has loaded and that are not ours, and how many columns each table has."""
    modules, tables = json.loads(_said(world, LOADED))
    ours = {path.stem for path in ROOT.iterdir()} | {"__main__", "rich"}
    return json.dumps([[name for name in modules if name.partition(".")[0] not in ours], tables])


def _started(world: BenchWorld, site: str, page: str, before: str) -> dict[str, float]:
    found: dict[str, float] = json.loads(_said(world, START, site, page, before))
    if found["status"] != 200:
        raise RuntimeError(f"{site} answered {found['status']} for {page}")
    return found


def _said(world: BenchWorld, code: str, *arguments: str) -> str:
    """The last line that a process of its own prints. What Python compiles is kept, whatever the person's own says."""
    env = {**world.env, "PATH": os.environ["PATH"], "PYTHONPYCACHEPREFIX": f"{world.env['DATA_DIR']}/compiled"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", code, *arguments]
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if said.returncode:
        raise RuntimeError(said.stderr)
    return said.stdout.splitlines()[-1]
