"""What a process loads as it starts is not looked through for garbage; what comes later is."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from config.starting import loading

ROOT = Path(__file__).parents[2]
COUNTS = """
import gc
from config.starting import loading
with loading():
    kept = [[] for _ in range(100_000)]
    inside = gc.isenabled()
later = [[] for _ in range(1_000)]
print(inside, gc.isenabled(), gc.get_freeze_count() > len(kept), len(later) <= len(gc.get_objects()) < len(kept))
"""


def test_what_is_loaded_is_left_alone_and_what_is_made_later_is_not() -> None:
    said = subprocess.run([sys.executable, "-c", COUNTS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "True", "True", "True"]


def test_a_start_that_fails_leaves_the_collector_on() -> None:
    with pytest.raises(RuntimeError, match="no settings"), loading():
        raise RuntimeError("no settings")
    gc.unfreeze()
    assert gc.isenabled()
