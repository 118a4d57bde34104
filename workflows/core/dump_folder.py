"""Where dumps lie, and what the one that counts holds: the worker writes them, the public site reads them.

Each dump is a folder of its own. The manifest names it, and replaces the one before in one step: whoever reads it finds
a whole dump, the old one or the new.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

MANIFEST = "manifest.json"
LICENCE = "CC-BY-4.0"


@dataclass(frozen=True)
class Packed:
    """The same file, compressed."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class DumpFile:
    """One file of a dump; it lies beside its compressed twin."""

    name: str
    media: str
    rows: int
    bytes: int
    sha256: str
    gzip: Packed

    @property
    def table(self) -> str:
        """Of which it is one form."""
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Manifest:
    """The dump that counts."""

    folder: str
    made_at: datetime
    licence: str
    taken_back: str
    """A digest of which texts were held, withdrawn or retracted by then."""
    files: tuple[DumpFile, ...]

    def find(self, name: str) -> DumpFile | None:
        """The file of this name."""
        return next((file for file in self.files if file.name == name), None)

    @classmethod
    def read(cls, root: Path) -> Self | None:
        """None while there is no dump."""
        try:
            content = json.loads((root / MANIFEST).read_bytes())
        except FileNotFoundError:
            return None
        files = tuple(_file(one) for one in content.pop("files"))
        return cls(**content | {"made_at": datetime.fromisoformat(content["made_at"]), "files": files})

    def put_in_place(self, root: Path) -> None:
        """Let this dump count from now on."""
        beside = root / f"{self.folder}.new"
        with beside.open("w") as out:
            json.dump(asdict(self) | {"made_at": self.made_at.isoformat()}, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(root / MANIFEST)


def _file(content: Mapping[str, Any]) -> DumpFile:
    return DumpFile(**{**content, "gzip": Packed(**content["gzip"])})
