"""Counts what the detector finds of the written texts, and what it takes for a detail that is none."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import nan

from tests.workflows.depersonalise.written.formats import STRUCTURED
from tests.workflows.depersonalise.written.texts import Gold, Written
from workflows.depersonalise import Finding, find

TODAY = date(2026, 3, 2)


@dataclass
class Score:
    """Counts by (kind, language). A detail is found when no letter or figure of it is left standing."""

    gold: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    """Findings by language: those that touch a detail, and those that touch none."""
    innocent: int = 0
    left_alone: int = 0
    missed: list[tuple[Written, Gold]] = field(default_factory=list)
    false: list[tuple[Written, Finding]] = field(default_factory=list)

    def recall(self, kinds: Iterable[str], language: str | None = None) -> float:
        """The share of the details of these kinds that were found; not a number when there are none."""
        keys = [key for key in self.gold if key[0] in set(kinds) and language in (None, key[1])]
        return sum(self.found[key] for key in keys) / sum(self.gold[key] for key in keys) if keys else nan

    def precision(self, language: str | None = None) -> float:
        """The share of the findings that touch a detail."""
        right = sum(many for key, many in self.right.items() if language in (None, key))
        wrong = sum(many for key, many in self.wrong.items() if language in (None, key))
        return right / max(1, right + wrong)

    @property
    def peace(self) -> float:
        """The share of the texts without any detail in which nothing was found."""
        return self.left_alone / max(1, self.innocent)


def measured(texts: Iterable[Written]) -> Score:
    """The score of the detector on these texts."""
    score = Score()
    for one in texts:
        findings = find(one.text, one.language, TODAY)
        covered = {place for finding in findings for place in range(finding.start, finding.end)}
        for gold in one.gold:
            key = (gold.kind, one.language)
            score.gold[key] += 1
            if all(at in covered for at in range(gold.start, gold.end) if one.text[at].isalnum()):
                score.found[key] += 1
            else:
                score.missed.append((one, gold))
        for finding in findings:
            touches = any(gold.start < finding.end and finding.start < gold.end for gold in one.gold)
            (score.right if touches else score.wrong)[one.language] += 1
            if not touches:
                score.false.append((one, finding))
        if not one.gold:
            score.innocent += 1
            score.left_alone += not findings
    return score


def table(score: Score) -> str:
    """What a reader wants to know, one line per kind."""
    languages = sorted({language for _, language in score.gold})
    kinds = [*STRUCTURED, *sorted({kind for kind, _ in score.gold} - set(STRUCTURED))]
    lines = [f"{'kind':<18}{'details':>8}" + "".join(f"{language:>8}" for language in languages) + f"{'all':>8}"]
    for kind in kinds:
        many = sum(count for key, count in score.gold.items() if key[0] == kind)
        shares = [score.recall([kind], language) for language in (*languages, None)]
        lines.append(f"{kind:<18}{many:>8}" + "".join(f"{share:>8.3f}" for share in shares))
    shares = [score.recall(STRUCTURED, language) for language in (*languages, None)]
    many = sum(count for key, count in score.gold.items() if key[0] in STRUCTURED)
    lines.append(f"{'all structured':<18}{many:>8}" + "".join(f"{share:>8.3f}" for share in shares))
    shares = [score.precision(language) for language in (*languages, None)]
    lines.append(f"{'precision':<26}" + "".join(f"{share:>8.3f}" for share in shares))
    lines.append(f"texts with nothing to find left alone: {score.left_alone} of {score.innocent}")
    return "\n".join(lines)
