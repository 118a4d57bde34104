"""Sentences about one of few people in a large city, and ordinary ones with the same words, in three languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workflows.depersonalise import rare_combination


@dataclass(frozen=True)
class Sentence:
    language: str
    text: str


def sentences(name: str) -> list[Sentence]:
    """Those of `together` or `ordinary`."""
    lines = Path(__file__).with_name(f"rare_{name}.txt").read_text(encoding="utf-8").splitlines()
    return [Sentence(*line.split("|", 1)) for line in lines]


def flagged(texts: Sequence[str]) -> list[str]:
    """Those that the rule names, without a place or a code beside them."""
    return [text for text in texts if rare_combination([text], "")]


def warned() -> str:
    """What a reader wants to know: how much of what is rare it names, and how much else."""
    together, ordinary = ([one.text for one in sentences(name)] for name in ("together", "ordinary"))
    right, wrong = len(flagged(together)), len(flagged(ordinary))
    precision = right / max(1, right + wrong)
    return (
        f"recall {right / len(together):.3f} ({right} of {len(together)}), "
        f"precision {precision:.3f} ({wrong} of {len(ordinary)} ordinary ones named)"
    )
