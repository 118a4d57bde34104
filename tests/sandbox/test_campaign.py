"""Photos judged by another tool, and mutated files by the hundred; `make hostile` sends them by the thousand."""

import json
import os
import random
import shutil
import subprocess
from collections import Counter
from io import BytesIO
from pathlib import Path

import docx
import pytest

import sandbox
from config import policy
from sandbox import Broken, Refused
from sandbox.kinds import KINDS
from sandbox.running import read_answer
from tests.sandbox.mutations import mutated
from tests.sandbox.nursery import Outcome, nursery
from tests.sandbox.photos import FORMATS, photo
from tests.sandbox.test_pdf import loaded
from tests.word_forms import blank_form

PHOTOS = int(os.environ.get("PHOTOS", "60"))
MUTATIONS = int(os.environ.get("MUTATIONS", "300"))
OF_EACH = -(-MUTATIONS // len(KINDS))
SEED = int(os.environ.get("SEED", "20260310"))
OF_A_PICTURE = {"ExifTool", "File", "JFIF", "Composite"}
OF_A_PNG = {"ImageWidth", "ImageHeight", "BitDepth", "ColorType", "Compression", "Filter", "Interlace"}
EVERY = 25
"""Each so many-th mutated file goes through a sandbox started for it alone, as in production."""


with_exiftool = pytest.mark.skipif(
    not shutil.which("exiftool"), reason="there is no exiftool on this machine: apt-get install libimage-exiftool-perl"
)


def judged(folder: Path) -> list[dict[str, object]]:
    """What exiftool finds in every file of a folder, also what it does not know, also in what is embedded."""
    told = subprocess.run(
        ["exiftool", "-json", "-G", "-a", "-u", "-ee", "-ext", "*", "-r", folder], capture_output=True, check=True
    )
    return json.loads(told.stdout)


def is_of_the_picture(tag: str) -> bool:
    group, _, name = tag.partition(":")
    return tag == "SourceFile" or group in OF_A_PICTURE or (group == "PNG" and name in OF_A_PNG)


@with_exiftool
def test_no_photo_says_where_it_was_taken(tmp_path: Path):
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    with nursery("image") as through:
        for seed in range(PHOTOS):
            data = photo(seed)
            (before / f"{seed}.bin").write_bytes(data)
            made = read_answer(KINDS["image"], through(data).answer)
            (after / f"{seed}.bin").write_bytes(made.data)
    located = [one for one in judged(before) if any("GPSLatitude" in tag for tag in one)]
    assert len(located) == PHOTOS
    found = judged(after)
    assert len(found) == PHOTOS
    told = Counter(tag for one in found for tag in one if not is_of_the_picture(tag))
    assert not told
    print(f"{PHOTOS} photos with a place, {len(FORMATS)} formats, 8 orientations: {sum(told.values())} details left")


def test_mutated_files_stay_inside_and_within_the_limits():
    kept: Counter[str] = Counter()
    worst = Outcome(b"", 0, 0, 0.0)
    for kind, seeds in honest().items():
        dice = random.Random(f"{SEED} {kind}")
        with nursery(kind) as through:
            for number in range(OF_EACH):
                data = mutated(dice, dice.choice(seeds), dice.choice(seeds))
                outcome = through(data)
                kept[f"{kind} {said(kind, outcome)}"] += 1
                worst = max(worst, outcome, key=lambda one: one.memory)
                assert len(outcome.answer) <= policy.CLEAN_COPY_MAX_BYTES + 200
                assert outcome.memory <= policy.SANDBOX_MEMORY_BYTES, number
                assert outcome.seconds <= policy.SANDBOX_LONGEST.total_seconds() + 1, number
                if number % EVERY == 0 and number < 10 * EVERY:
                    assert by_itself(kind, data) == said(kind, outcome)
    assert sum(kept.values()) == OF_EACH * len(KINDS) >= MUTATIONS
    assert all(any(key == f"{kind} made" for key in kept) for kind in KINDS)
    print(dict(sorted(kept.items())), f"most memory {worst.memory // 2**20} MiB")


def said(kind: str, outcome: Outcome) -> str:
    """In one word: made, why it was refused, or how the process ended."""
    if outcome.status:
        return f"ended {outcome.status}"
    try:
        read_answer(KINDS[kind], outcome.answer)
    except Refused as refused:
        return str(refused.reason)
    return "made"


def by_itself(kind: str, data: bytes) -> str:
    """The same in production's way."""
    try:
        sandbox.run(kind, data)
    except Refused as refused:
        return str(refused.reason)
    except Broken as broken:
        return f"ended {str(broken).rpartition(' ')[2]}"
    return "made"


def honest() -> dict[str, list[bytes]]:
    """What the mutations begin with."""
    files = {"image": [photo(seed) for seed in range(12)], "pdf": [loaded()], "docx": [written()]}
    return files | {"word-form": [blank_form(language) for language in ("en", "ar")]}


def written() -> bytes:
    """A Word file with something of everything."""
    document = docx.Document()
    document.add_heading("Prices", 2)
    document.add_paragraph("Bread", style="List Bullet")
    document.add_paragraph("Rice", style="List Number")
    document.add_table(2, 3).cell(0, 0).text = "12 USD"
    document.add_picture(BytesIO(photo(4, "PNG")))
    document.sections[0].header.paragraphs[0].text = "A name"
    out = BytesIO()
    document.save(out)
    return out.getvalue()
