"""What the search for personal details finds in the written texts: `python -m benchmarks.depersonalise [number]`."""

import sys

from tests.workflows.depersonalise.rare_texts import flagged, warned
from tests.workflows.depersonalise.written.measure import measured, table
from tests.workflows.depersonalise.written.texts import FURTHER, TEXTS, written


def main(many: int = TEXTS) -> None:
    """Print recall by kind and language, and precision."""
    texts = list(written(many))
    print(table(measured(texts)))
    print("\nNames in further tongues, several tongues in one text, and names typed without capitals:\n")
    print(table(measured(written(many, languages=FURTHER))))
    print("\nOnly the templates that were not looked at while the searches were written:\n")
    print(table(measured(text for text in texts if text.held_out)))
    print(f"\nRare combinations in sentences written for it: {warned()}")
    print(f"and in these texts: {len(flagged([text.text for text in texts]))} of {len(texts)} named")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TEXTS)
