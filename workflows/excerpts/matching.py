"""What is published already that may answer a question: ranked by its words, topics, place and freshness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import policy
from workflows.excerpts.corrected import how_fresh
from workflows.excerpts.question_terms import QuestionTerm, terms_of
from workflows.requests.neutral import NeutralDraft
from workflows.vocabulary.shelf_life import Freshness

RELIABLE = (Freshness.CURRENT, Freshness.CHECK_SOON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question is matched by. The points are in its language; `place` is the town, if it names one."""

    country: str | None
    topics: Sequence[str]
    language: str
    points: Sequence[str]
    place: str = ""

    @classmethod
    def of(cls, draft: NeutralDraft) -> "Asked":
        """A neutral text as it stands."""
        return cls(
            country=draft.country, topics=draft.topics, language=draft.language, points=draft.points, place=draft.place
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One published text. Only a `reliable` one may be sent to somebody."""

    ref: str
    number: int
    title: str
    summary: str
    language: str
    place: str
    topics: Sequence[str]
    information_date: date
    valid_until: date
    freshness: str
    same_topic: bool = False
    same_place: bool = False
    words: Sequence[str] = ()
    """Words of the question that it holds, the rarest first."""

    @property
    def reliable(self) -> bool:
        return self.freshness in RELIABLE


_APART, _COMMAS = ":;()/\u00a0", ",,,,, "
"""What stands between two places as a comma does, and what it becomes."""


# What a word in a text is worth: in the title all of it, in the summary, in the body. A word that only begins alike
# is worth less, for it may be a typing error or another word. The rarer a word among the country's texts, the more it
# says; so a town or a medicine weighs more than "price". Words make up 0 to 1; what follows is added to that.
RANKED = """
with asked as (
    select n, exact::tsquery as exact, near::tsquery as near
    from unnest(cast(:exact as text[]), cast(:near as text[])) with ordinality as term (exact, near, n)),
candidate as materialized (
    select ref, ts_filter(search, '{a}') as head, ts_filter(search, '{a,b}') as top, search || '' as whole,
           topics && :topics as same_topic, topic_groups && :groups as same_group,
           string_to_array(replace(replace(translate(lower(place), :apart, :commas), ', ', ','), ' ,', ','), ',')
               && cast(:places as text[]) as same_place, language = :language as same_language,
           valid_until >= :today and corrected_on is null as reliable, information_date
    from published_excerpt
    where country = :country and listed and state = 'published' and expires_on > :today
          and (not :close or topic_groups && :groups)),
hit as materialized (
    select ref, n, whole @@ exact as exactly, greatest(
        case when head @@ exact then 1.0 when top @@ exact then 0.8 when whole @@ exact then 0.5 else 0 end,
        case when head @@ near then 0.6 when top @@ near then 0.5 when whole @@ near then 0.3 else 0 end) as worth
    from candidate cross join asked where whole @@ exact or whole @@ near),
rarity as (
    select n, ln(1 + (select count(*) from candidate) / greatest(sum(worth), 1)) as says
    from asked left join hit using (n) group by n),
worded as (
    select ref, sum(worth * says) / (select sum(says) from rarity) as share,
           array_agg(n order by says desc, n) filter (where exactly) as terms
    from hit join rarity using (n) group by ref),
ranked as (
    select c.*, w.terms, coalesce(w.share, 0)
        + case when c.same_topic then 0.12 when c.same_group then 0.06 else 0 end
        + case when c.same_place then 0.12 else 0 end + case when c.same_language then 0.01 else 0 end
        + case when c.reliable then 0.05 else 0 end as score
    from candidate c left join worded w using (ref)
    where c.same_topic or w.share > :least
    order by score desc, c.information_date desc, c.ref
    limit :size)
select p.ref, p.number, p.title, p.summary, p.language, p.place, p.topics, p.information_date, p.valid_until,
       p.corrected_on, r.same_topic, r.same_place, r.terms
from ranked r join published_excerpt p using (ref)
order by r.score desc, p.information_date desc, p.ref"""
LEAST_SHARE = 0.2
"""Of the words' worth that a text under another topic must hold to be shown at all."""


def matching_excerpts(
    session: Session, asked: Asked, today: date, size: int = policy.MATCHES_SHOWN, *, close: bool = False
) -> tuple[Match, ...]:
    """Listed texts of the country, the likeliest answers first; none without a country. One statement.

    `close` leaves texts of other groups of topics out, if the question has a topic: what a country has on everything is
    then neither read nor in the way.
    """
    rows = session.execute(text(RANKED), parameters(asked, today, size, close=close))
    words = [term.written for term in _terms(asked)]
    return tuple(_match(row, words, today) for row in rows)


def places_in(place: str) -> frozenset[str]:
    """The town and the parts of it that are named, in small letters: of “Kinshasa: Lemba, Ngaba” each of the three."""
    pieces = place.lower().translate(str.maketrans(_APART, _COMMAS)).split(",")
    return frozenset(filter(None, map(str.strip, pieces)))


def parameters(asked: Asked, today: date, size: int, *, close: bool = False) -> dict[str, Any]:
    """What `RANKED` is given."""
    terms = _terms(asked)
    return {
        "exact": [term.exact for term in terms],
        "near": [term.near for term in terms],
        "topics": list(asked.topics),
        "groups": [code.partition("-")[0] for code in asked.topics],
        "close": close and bool(asked.topics),
        "country": asked.country,
        "places": list(places_in(asked.place)),
        "apart": _APART,
        "commas": _COMMAS,
        "language": asked.language,
        "today": today,
        "least": LEAST_SHARE,
        "size": size,
    }


def _terms(asked: Asked) -> tuple[QuestionTerm, ...]:
    return terms_of((*asked.points, asked.place), asked.language)


def _match(row: Any, words: Sequence[str], today: date) -> Match:
    values = row._asdict()
    hits, _ = values.pop("terms") or (), values.pop("corrected_on")
    return Match(**values, freshness=how_fresh(row, today), words=tuple(words[n - 1] for n in hits))
