"""All that a machine can tell about the wording of a text at once, each remark with the place it is about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflows.answers.prices import prices_without_currency, prices_without_month, sums_with_month
from workflows.answers.wording import Remark, long_sentences, look, unfit_links
from workflows.core.paragraphs import paragraphs
from workflows.depersonalise import Finding
from workflows.requests.outgoing import advice


@dataclass(frozen=True, slots=True)
class Wording:
    """What was found in the words of a text, for an editor to look at; in one for readers advice stands in the way."""

    advice: tuple[Remark, ...]
    links: tuple[Remark, ...]
    no_currency: tuple[Remark, ...]
    no_month: tuple[Remark, ...]
    long: tuple[Remark, ...]


def read_wording(
    parts: Mapping[str, str], read: Callable[[str], str] = str, dated_in: Mapping[str, str] = MappingProxyType({})
) -> Wording:
    """Look at every part; `read` turns a paragraph as it was written into one as it is shown. `dated_in`: the part that
    says of which month the prices of another one are.
    """
    return Wording(
        advice=look(parts, advice, read),
        links=look(parts, unfit_links),
        no_currency=look(parts, prices_without_currency, read),
        no_month=tuple(
            Remark(name, number, amount)
            for name, text in parts.items()
            for number, amount in prices_without_month(
                paragraphs(text), sums_with_month(paragraphs(parts.get(dated_in.get(name, ""), "")))
            )
        ),
        long=look(parts, long_sentences, read),
    )


def places_of(parts: Mapping[str, str], findings: Mapping[str, Iterable[Finding]]) -> tuple[Remark, ...]:
    """Where each personal detail stands. One that a mark of Markdown cuts in two is said of the first paragraph."""
    return tuple(
        Remark(name, _paragraph(parts[name], found.text), found.text)
        for name, several in findings.items()
        for found in several
    )


def _paragraph(text: str, words: str) -> int:
    return next((number for number, one in enumerate(paragraphs(text)) if words in one), 0)
