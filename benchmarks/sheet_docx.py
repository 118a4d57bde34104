"""Writing a country sheet of 300 items and 36,000 words: as a Word file, beside zipping the same XML; and as a PDF.

Run: python -m benchmarks.sheet_docx
"""

import io
import random
import time
from collections.abc import Callable
from dataclasses import replace
from zipfile import ZIP_DEFLATED, ZipFile

import typst

from tests.workflows.sheets.sample import french
from workflows.core.markdown import parse
from workflows.sheets.document import SheetDocument
from workflows.sheets.docx import write_docx
from workflows.sheets.sheet_pdf import sheet_pdf

ROUNDS = 15
PDF_ROUNDS = 3
BARE = b'#for one in sys.inputs.words.split("\\n\\n") { par(one) }'


def invented_text(chance: random.Random, vocabulary: list[str]) -> str:
    """120 words: two paragraphs and a list, frequent words far more often than rare ones."""
    words = [vocabulary[min(len(vocabulary), int(chance.paretovariate(0.7))) - 1] for _ in range(120)]
    items = "\n".join("- " + " ".join(words[at : at + 10]) for at in range(80, 120, 10))
    return f"{' '.join(words[:40])} [1].\n\n{' '.join(words[40:80])}.\n\n{items}"


def invented_sheet(seed: int = 2010) -> SheetDocument:
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices("abcdefghilmnoprstuv", k=chance.randint(2, 11))) for _ in range(6000)]
    sheet = french(34)
    sections = [
        replace(
            section, items=tuple(replace(item, markdown=invented_text(chance, vocabulary)) for item in section.items)
        )
        for section in sheet.sections
    ]
    return replace(sheet, sections=tuple(sections))


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of the quickest round."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return 1000 * min(taken)


def main() -> None:
    sheet = invented_sheet()
    written = io.BytesIO()
    write_docx(sheet, written)
    xml = ZipFile(written).read("word/document.xml")

    def zipped() -> None:
        with ZipFile(io.BytesIO(), "w", ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", xml)

    items = [item for section in sheet.sections for item in section.items]
    floor = milliseconds(zipped)
    reading = milliseconds(lambda: [len(parse(item.markdown, sources=len(item.sources))) for item in items])
    ours = milliseconds(lambda: write_docx(sheet, io.BytesIO()))
    print(f"{len(items)} items, {len(xml) // 1000} kB of XML, {len(written.getvalue()) // 1000} kB file")
    print(f"floor (zip of the same XML)       {floor:7.1f} ms")
    print(f"ours, from Markdown to file       {ours:7.1f} ms   {ours / floor:.1f} x")
    print(f"  of which reading the Markdown   {reading:7.1f} ms")
    print(f"  the rest                        {ours - reading:7.1f} ms   {(ours - reading) / floor:.1f} x")
    as_pdf()


def as_pdf() -> None:
    """Beside typesetting the same words as bare paragraphs. Each round has words of its own: typst remembers lines."""
    floors, taken, file = [], [], b""
    for seed in range(PDF_ROUNDS):
        sheet = invented_sheet(seed)
        words = {"words": "\n\n".join(item.markdown for section in sheet.sections for item in section.items)}
        start = time.process_time()
        typst.compile(BARE, sys_inputs=words)
        between = time.process_time()
        file = sheet_pdf(sheet)
        floors.append(between - start)
        taken.append(time.process_time() - between)
    floor, ours = 1000 * min(floors), 1000 * min(taken)
    print(f"floor (the same words, bare, PDF) {floor:7.1f} ms")
    print(f"ours, a tagged PDF of {len(file) // 1000:4} kB     {ours:7.1f} ms   {ours / floor:.1f} x")


if __name__ == "__main__":
    main()
