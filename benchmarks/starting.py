"""How long a process of each site takes to start and to serve its first page, and how much memory it holds then.

Each is a process of its own, in turns with the limit application. Only what is installed to serve is loaded: `rich`,
which structlog takes where it finds it, comes with the tools of whoever changes the system.
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
    "public": ("webapp.wsgi", "/en/"),
    "desk": ("webapp.desk_wsgi", "/login"),
    "caseload": ("webapp.caseload_wsgi", "/login"),
    "portal": ("partner_portal.wsgi", "/login"),
}
START = """
import importlib, json, os, sys, time
sys.modules["rich"] = None
site, page = sys.argv[1:]
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
    for number in range(ROUNDS + 1):
        for name, (site, page) in SITES.items():
            one = _started(world, site, page)
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


def _started(world: BenchWorld, site: str, page: str) -> dict[str, float]:
    command = [sys.executable, "-c", START, site, page]
    env = {**world.env, "PATH": os.environ["PATH"]}
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(said.stdout.splitlines()[-1])
    if found["status"] != 200:
        raise RuntimeError(f"{site} answered {found['status']} for {page}")
    return found
