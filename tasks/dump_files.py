"""Writes the files of a dump as the rows come, each with its compressed twin and the sums of both."""

import codecs
import csv
import gzip
import hashlib
import io
import os
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

from pydantic import TypeAdapter

from workflows.core.cells import as_text
from workflows.core.dump_folder import DumpFile, Packed

JSONL, CSV = "application/jsonl", "text/csv"


@dataclass(frozen=True)
class Table:
    """What becomes one JSONL and one CSV file; `flat` gives the cells of each line of a row, by their column."""

    name: str
    rows: Iterable[Any]
    kind: type
    columns: tuple[str, ...]
    flat: Any


def write_table(folder: Path, table: Table) -> tuple[DumpFile, DumpFile]:
    """Write both files, holding no more than a row."""
    whole: TypeAdapter[Any] = TypeAdapter(table.kind)
    with _Twins(folder / f"{table.name}.jsonl", JSONL) as lines, _Twins(folder / f"{table.name}.csv", CSV) as cells:
        cells.write(codecs.BOM_UTF8 + _csv(table.columns), rows=0)
        for row in table.rows:
            lines.write(whole.dump_json(row) + b"\n")
            for one in table.flat(row):
                cells.write(_csv(_cell(one[column]) for column in table.columns))
    return lines.told(), cells.told()


def _cell(value: object) -> str:
    return as_text("" if value is None else str(value))


def _csv(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


class _Hashed:
    """A file that is hashed as it grows."""

    def __init__(self, path: Path) -> None:
        self._out = path.open("xb")
        self._sum, self.bytes = hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._sum.update(data)
        self.bytes += len(data)
        return self._out.write(data)

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        """What is closed is on the disk."""
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


class _Twins:
    """A file and its compressed twin, written together."""

    def __init__(self, path: Path, media: str) -> None:
        self._path, self._media, self._rows = path, media, 0
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._plain = _Hashed(self._path)
        self._open.callback(self._plain.close)
        self._packed = _Hashed(self._path.with_name(f"{self._path.name}.gz"))
        self._open.callback(self._packed.close)
        inner = cast("BinaryIO", self._packed)
        self._gzip = self._open.enter_context(gzip.GzipFile("", "wb", fileobj=inner, mtime=0))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def write(self, data: bytes, rows: int = 1) -> None:
        self._plain.write(data)
        self._gzip.write(data)
        self._rows += rows

    def told(self) -> DumpFile:
        """What the manifest says of it, once it is closed."""
        packed = Packed(self._packed.bytes, self._packed.sha256)
        return DumpFile(self._path.name, self._media, self._rows, self._plain.bytes, self._plain.sha256, packed)
