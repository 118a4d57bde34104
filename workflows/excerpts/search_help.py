"""A search that finds no text with all its words: what each word is worth, and which of them was typed wrong.

Nothing of what is typed is kept. Words are proposed from `published_word`; what is suggested is always a word as it
stands in a text that is shown today, so a text that was taken back or has expired suggests nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflows.excerpts.analysis import forms, one_word, query_lexemes
from workflows.excerpts.arabic_words import meant_in_arabic
from workflows.excerpts.folding import words_as_written
from workflows.excerpts.published_words import distance, holes, mistakes_in
from workflows.excerpts.question_terms import QuestionTerm, terms_of
from workflows.excerpts.search_sql import BEGINS_ALIKE, MEANS_THE_SAME
from workflows.excerpts.sounds import sound

MOST_WORDS = 16
COUNTED = 1000
"""A word in so many texts or more says as little as any other such word; counting on would cost and change nothing."""
ENOUGH = 0.4
"""Of what the words are worth together, which a text must have."""
SOMETHING = 3.0
"""What any word says, so that one rare word does not outweigh all others."""
TOO_FAR = 3
BY_ITSELF = 5
"""Letters of a mistyped word that may stand for a whole search of several words. Of a shorter one, too many words of
other languages are a letter away: what came of one would be shown in place of what was asked.
"""

# Materialised, though only a few are taken: a planner that expects these soon would look through the whole library.
_SHOWN = """
    with shown as materialized (
        select {which} from published_excerpt where listed and expires_on > :today and search @@ {query})
    select {which} from shown limit {most}"""


def _up_to_most(query: str) -> str:
    return f"(select count(*) from ({_SHOWN.format(which='', query=query, most=':most')}) hit)"  # noqa: S608 -- fixed text


LOOK = f"""
with asked as (
    select n, exact::tsquery as exact, alike::tsquery as alike, near::tsquery as near,
           string_to_array(typed, ' ') as typed
    from unnest(cast(:exact as text[]), cast(:alike as text[]), cast(:near as text[]), cast(:typed as text[]))
         with ordinality as asked (exact, alike, near, typed, n)),
counted as (
    select n, typed, {_up_to_most("exact")} as exactly, {_up_to_most("alike")} as alike, {_up_to_most("near")} as near
    from asked)
select n, exactly, alike, near, case when exactly = 0 then (
    select jsonb_agg(jsonb_build_array(word, title, summary, body))
    from (select word, query from published_word where holes && typed
          order by cardinality(array(select unnest(holes) intersect select unnest(typed))) desc, word limit 6) near_word
    cross join lateral ({_SHOWN.format(which="title, summary, body", query="query::tsquery", most=1)}) holder
    ) end as holders
from counted order by n"""  # noqa: S608 -- fixed text; every value is a bound parameter


HEARD = f"""
with asked as (
    select n, word, heard
    from unnest(cast(:words as text[]), cast(:heard as text[])) with ordinality as asked (word, heard, n)
    where not exists (select from published_word known where known.word = asked.word))
select n, jsonb_agg(jsonb_build_array(near_word.word, title, summary, body)) as holders
from asked
cross join lateral (select word, query from published_word where holes @> array[heard] order by word limit 6) near_word
cross join lateral ({_SHOWN.format(which="title, summary, body", query="near_word.query::tsquery", most=1)}) holder
group by n"""  # noqa: S608 -- fixed text; every value is a bound parameter
SHORT_STEM = 3
"""Letters of a stem that is easily another word: of "loier", which is none, the stemmer makes the law."""


@dataclass(frozen=True, slots=True)
class HelpTerm:
    """One word, what may stand for it in a text, and what it says: the rarer it is, the more."""

    written: str
    exact: str
    alike: str
    near: str
    says: float
    most: float
    """What it is worth in a text at best, as a share of what it says."""
    common: bool
    """So many texts have the very word that those with another of that sense add nothing."""

    @property
    def found_by(self) -> str:
        return self.alike if self.most > BEGINS_ALIKE else self.near


@dataclass(frozen=True, slots=True)
class Help:
    """The words that some text has, and the words as they were probably meant (nothing when all are known)."""

    words: str
    terms: Sequence[HelpTerm] = ()
    meant: str = ""
    corrected: str = ""
    """One of the words that were meant instead, if it says enough by itself."""

    @property
    def known(self) -> str:
        """The word that says most, of those that stand in a text; nothing when none does."""
        said = max(self.terms, key=lambda term: term.says * term.most, default=None)
        return said.written if said else ""

    @property
    def only_common(self) -> str:
        """A query for the one word that is known, when it is a common one; it may have been made ready."""
        [term, *others] = self.terms
        return query_lexemes(term.written, prefix=True) if term.common and not others else ""

    @property
    def least(self) -> float:
        """What the words of a text must be worth."""
        return ENOUGH * sum(term.says * term.most for term in self.terms)

    @property
    def any_of_them(self) -> str:
        """A query that every text with enough of the words matches: of the rarest ones it must have one."""
        ranked = sorted(self.terms, key=lambda term: -term.says * term.most)
        left, needed = self.least / ENOUGH, []
        for term in ranked:
            if left < self.least:
                break
            needed.append(term.found_by)
            left -= term.says * term.most
        return " | ".join(needed)


def look_closer(session: Session, words: str, today: date) -> Help:
    """Look at each word of a search: how rare it is, and what it may have been meant to be. One statement."""
    asked = terms_of((words,), "")[:MOST_WORDS]
    guesses = {term.written: terms_of(meant_in_arabic(term.word), "") for term in asked}
    guessed = [guess for some in guesses.values() for guess in some]
    found = session.execute(text(LOOK), _parameters([*asked, *guessed], today)).all()
    there = {guess.written for guess, row in zip(guessed, found[len(asked) :], strict=True) if row.exactly or row.alike}
    terms, meant = [], {}
    for term, row in zip(asked, found[: len(asked)], strict=True):
        count, most = next(
            ((n, most) for n, most in ((row.exactly, 1.0), (row.alike, MEANS_THE_SAME), (row.near, BEGINS_ALIKE)) if n),
            (0, 0.0),
        )
        if count:
            terms.append(
                HelpTerm(
                    term.written,
                    *_queries(term),
                    says=SOMETHING + log(1 + COUNTED / max(count, row.alike)),
                    most=most,
                    common=row.exactly >= COUNTED,
                )
            )
        if row.holders:
            meant[term.written] = _closest(term, row.holders)
        elif not row.exactly:
            meant[term.written] = next((one.written for one in guesses[term.written] if one.written in there), "")
    corrected = (better for word, better in meant.items() if better and (guesses[word] or len(word) >= BY_ITSELF))
    return Help(words, terms, _said(words, meant), next(corrected, ""))


def meant_by_ear(session: Session, words: str, today: date) -> str:
    """The words as they were probably meant, where one of them is in no text and found some by a very short stem only:
    it sounds as a word that is in a text, and that is no form of it. Nothing when there is none. At most one statement.
    """
    short = [term for term in terms_of((words,), "")[:MOST_WORDS] if _cut_short(term.word) and sound(term.word)]
    if not short:
        return ""
    given = {"today": today, "words": [term.word for term in short], "heard": [sound(term.word) for term in short]}
    meant = {}
    for row in session.execute(text(HEARD), given):
        typed = short[row.n - 1]
        others = [one for one in row.holders if not forms(one[0]) & forms(typed.word)]
        meant[typed.written] = _closest(typed, others) if others else ""
    return _said(words, meant)


def _cut_short(word: str) -> bool:
    """A stemmer leaves little of it."""
    return len(word) > SHORT_STEM and any(len(form) <= SHORT_STEM for form in forms(word))


def _parameters(asked: Sequence[QuestionTerm], today: date) -> dict[str, Any]:
    queries = [_queries(term) for term in asked]
    return {
        "today": today,
        "most": COUNTED,
        "exact": [exact for exact, _, _ in queries],
        "alike": [alike for _, alike, _ in queries],
        "near": [near for _, _, near in queries],
        "typed": [" ".join(sorted(holes(term.word, typed=True))) for term in asked],
    }


def _queries(term: QuestionTerm) -> tuple[str, str, str]:
    exact = one_word(term.word)
    return exact, f"({exact} | {term.exact})", term.near


def _closest(typed: QuestionTerm, holders: Sequence[Sequence[str]]) -> str:
    """The word nearest to what was typed, as the text that holds it writes it; nothing if none is near or sounds so."""
    heard = sound(typed.word)
    far, differs, (word, *texts) = min(
        (distance(typed.word, one[0], TOO_FAR), not heard or sound(one[0]) != heard, one) for one in holders
    )
    if differs and far > mistakes_in(typed.word):
        return ""
    found = _as_written(typed.word, word, texts)
    return found.lower() if typed.written.islower() else found


def _as_written(typed: str, word: str, texts: Sequence[str]) -> str:
    """The word as these texts write it; else another form of it that is near to what was typed, or nothing: the text
    that holds the very word may have expired, and without it nobody knows its accents.
    """
    written = {folded: one for text in reversed(texts) for one, folded in reversed([*words_as_written(text)])}
    alike = (one for one in written if forms(one) & forms(word) and distance(typed, one, TOO_FAR) <= mistakes_in(typed))
    found = word if word in written else min(alike, key=lambda one: (distance(typed, one, TOO_FAR), one), default="")
    return written.get(found, "")


def _said(words: str, meant: Mapping[str, str]) -> str:
    said = words
    for written, better in meant.items():
        if better:
            said = said.replace(written, better, 1)
    return said if said != words else ""
