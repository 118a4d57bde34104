"""What a Word document is made of, as far as a clean copy keeps it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """A stretch of text in one shape."""

    text: str
    bold: bool = False
    italic: bool = False
    rtl: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture as it lies in the file, and how wide it is shown (in EMU; 0: not said)."""

    data: bytes
    width: int = 0


@dataclass(frozen=True)
class Paragraph:
    """`heading` from 1, 0: none; `listed`: bullet, numbered or nothing; `level` from 0; `series` tells lists apart."""

    pieces: list[Words | Picture]
    heading: int = 0
    listed: str = ""
    level: int = 0
    series: str = ""
    rtl: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells, each with what stands in it."""

    rows: list[list[list["Paragraph | Table"]]] = field(default_factory=list)


Block = Paragraph | Table
