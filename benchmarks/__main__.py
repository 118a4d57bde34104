"""`make bench`: every measurement, on a private PostgreSQL of its own. `python -m benchmarks [number of texts]`.

Only ratios of one run travel: ours and the floor are taken in turns, so that a busy machine slows both.
"""

import sys

from benchmarks import (
    depersonalise,
    desk,
    finding,
    matching,
    pages,
    sheet_docx,
    signing_in,
    slow_line,
    submitting,
    sweeping,
)
from benchmarks.world import a_world

TEXTS = 10_000


def main(arguments: list[str]) -> None:
    texts = int(arguments[0]) if arguments else TEXTS
    with a_world(texts) as world:
        for measure in (pages, submitting, sweeping, desk, finding, matching, signing_in):
            measure.main(world)
    print("\nA sheet as a Word file")
    sheet_docx.main()
    print("\nPersonal details found in invented questions")
    depersonalise.main()
    slow_line.main()


if __name__ == "__main__":
    main(sys.argv[1:])
