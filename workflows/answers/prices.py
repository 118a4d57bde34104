"""What a machine can tell about prices: a figure needs its currency, and the month in which somebody asked."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from workflows.answers.wording import without_references

_PRICE = re.compile(
    r"\b(?:prices?|costs?|rents?|fees?|fares?|salar(?:y|ies)|wages?|deposits?|tariffs?|charges?"
    r"|prix|coûte(?:nt)?|coûts?|loyers?|tarifs?|salaires?|frais|cautions?"
    r"|prij(?:s|zen)|kost(?:en)?|huur|lo(?:on|nen)|tarie(?:f|ven)|waarborg(?:en)?)\b",
    re.IGNORECASE,
)
_CURRENCY = (
    r"(?:[€$£¥₽₺₦₹]|\b(?:[A-Z]{3}|FC|DA|DH|Dh)\b|\b(?i:(?:us |american |canadian )?dollars?|euros?|cents?|centimes?"
    r"|fran(?:cs?|ks?)|dinars?|dirhams?|lek[eë]?|rou?bles?|roebels?|pesos?|rials?|roupies?|rupees?|afghanis?|liras?|nairas?|birrs?"
    r"|shillings?|cedis?|pounds?|livres?|ponden|soles|takas?|pula|kwacha|hryvnias?|dram|lari|som|tenge)\b)"
)
_MONEY = re.compile(_CURRENCY)
_SUM = r"(?<!\d)(?<!\d[.,])(?>\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d)){1,4}(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
_UNTIL = r"\s*(?i:[-–—]|to|or|and|à|ou|et|tot|of|en)\s*"
_AMOUNT = re.compile(
    rf"(?:({_SUM}){_UNTIL})?({_SUM})\s*({_CURRENCY})"
    rf"|({_CURRENCY})\s*({_SUM})(?:{_UNTIL}(?:{_CURRENCY}\s*)?({_SUM}))?"
)
"""A sum with its currency behind or before it, or two, from and to."""
_FIGURE = re.compile(
    r"(?<![\w.,])\d[\d.,\u00a0\u202f ]*(?!\d)(?!\s*%)"
    r"(?!\s*(?:per ?cent|pour cent|procent|(?:square )?met(?:er|re)s?|m²|m2|km|kg|rooms?|pièces|kamers?"
    r"|(?:working )?days?|jours?|dag(?:en)?|weeks?|semaines?|weken|months?|mois|maand(?:en)?|years?|ans?|jaar"
    r"|hours?|heures?|uur|people|personnes|personen|homes|shops)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_IN_FULL = (
    r"january|february|march|april|june|july|august|september|october|november|december"
    r"|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre"
    r"|januari|februari|maart|mei|juni|juli|augustus|oktober"
)
_IN_SHORT = r"janv|febr?|f[ée]vr|mrt|avr|juil|aug|oct|okt|nov|déc"
_IN_SHORT_OR_A_WORD = r"jan|mar|apr|jun|jul|sept?|dec"
"""Months only beside a day or a year: Jan is a man too, and sept is a number."""
_MONTH = re.compile(
    rf"\bMay\b|(?i:\b(?:{_IN_FULL}|{_IN_SHORT})\b"
    rf"|\b(?:[12]?\d|3[01])(?:er|st|nd|rd|th|e)?[ \u00a0-](?:{_IN_SHORT_OR_A_WORD})\b"
    rf"|\b(?:{_IN_SHORT_OR_A_WORD})\.?,?[ \u00a0-](?:(?:19|20)\d\d|[’']\d\d)\b)"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d\d\b"
)
_THOUSANDS = re.compile(r"[\s.,](?=\d{3}(?!\d))")
_Sum = tuple[str, str]
"""A figure and its currency."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+|\t")


def prices_without_currency(text: str) -> list[str]:
    """The sentences that speak of a price and give a figure, but no currency."""
    return [one for one in _SENTENCE_END.split(without_references(text).strip()) if _bare(one)]


def prices_without_month(paragraphs: Sequence[str], dated: Collection[_Sum] = ()) -> Iterator[tuple[int, str]]:
    """The first amount of money of each section which nowhere says of which month it is, with its paragraph (from 0).

    A section begins with a heading of Markdown, so that the month may stand in it, or over a column of a table. What
    is `dated` elsewhere needs no month here.
    """
    for section, has_month in _sections(paragraphs):
        if has_month:
            continue
        amounts = ((number, amount) for number in section for amount in _AMOUNT.finditer(paragraphs[number]))
        first = next(((number, amount) for number, amount in amounts if not _sums(amount) <= set(dated)), None)
        if first:
            yield first[0], _around(paragraphs[first[0]], first[1])


def sums_with_month(paragraphs: Sequence[str]) -> frozenset[_Sum]:
    """Every sum, with its currency, of the sections that say of which month it is."""
    dated = (number for section, has_month in _sections(paragraphs) if has_month for number in section)
    return frozenset(
        one for number in dated for amount in _AMOUNT.finditer(paragraphs[number]) for one in _sums(amount)
    )


def _sections(paragraphs: Sequence[str]) -> Iterator[tuple[range, bool]]:
    """The paragraphs of each section, and whether a month stands in one of them."""
    heads = [number for number, text in enumerate(paragraphs) if number == 0 or text.startswith("#")]
    for start, end in pairwise([*heads, len(paragraphs)]):
        yield range(start, end), any(_MONTH.search(text) for text in paragraphs[start:end])


def _sums(amount: re.Match[str]) -> set[_Sum]:
    """The figures of an amount, however their thousands are parted, each with the last word of the currency."""
    low, high, behind, before, first, last = amount.groups()
    currency = (behind or before).split()[-1].casefold().removesuffix("s")
    return {(_bare_figure(one), currency) for one in (low, high, first, last) if one}


def _bare_figure(figure: str) -> str:
    return _THOUSANDS.sub("", figure).rstrip(".,").replace(",", ".")


def _around(text: str, amount: re.Match[str]) -> str:
    start = text.rfind(" ", 0, max(0, amount.start() - 20)) + 1
    return " ".join(text[start : amount.end()].split())


def _bare(sentence: str) -> bool:
    priced = _PRICE.search(sentence) and not _MONEY.search(sentence)
    return bool(priced and _FIGURE.search(_YEAR.sub(" ", sentence)))
