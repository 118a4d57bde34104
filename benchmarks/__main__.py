"""`make bench`: every measurement, on a private PostgreSQL of its own. `python -m benchmarks [texts [which]]`.

Only ratios of one run travel: ours and the floor are taken in turns, so that a busy machine slows both.
"""

import sys

from benchmarks import (
    codes,
    depersonalise,
    desk,
    finding,
    letters,
    matching,
    pages,
    sheet_docx,
    signing_in,
    slow_line,
    starting,
    submitting,
    sweeping,
)
from benchmarks.world import a_world

TEXTS = 10_000


def main(arguments: list[str]) -> None:
    texts, only = int(arguments[0]) if arguments else TEXTS, arguments[1:]
    with a_world(texts) as world:
        for measure in (pages, submitting, sweeping, letters, desk, finding, matching, signing_in, codes, starting):
            if not only or measure.__name__.rpartition(".")[2] in only:
                measure.main(world)
    if only:
        return
    print("\nA sheet as a Word file")
    sheet_docx.main()
    print("\nPersonal details found in invented questions")
    depersonalise.main()
    slow_line.main()


if __name__ == "__main__":
    main(sys.argv[1:])
