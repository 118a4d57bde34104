"""The statements of a search: they find, count each facet and fetch the page, in one go.

Without words, all of it comes from the counts that are ready (see `counts`): how many there are, and in which countries
and topics the newest texts are looked for.

The match is materialised: a planner that walks an index for the order would visit the whole library for a rare word.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

MEANS_THE_SAME, BEGINS_ALIKE = 0.7, 0.4
"""What a word is worth in a text that has another of that sense, or one that only begins like it; itself: 1."""
DENSE = 50
"""Of so many texts one is wanted: then a page of them is soon found among all."""
FRESHNESS_NOW = """
    case when :today >= expires_on then 'expired' when corrected_on is not null then 'corrected'
         when :today > valid_until then 'out_of_date'
         when :today >= check_soon_from then 'check_soon' else 'current' end"""

_WITHIN = """
           country = any(:countries) or :any_country as in_country,
           topic_groups && :groups or :any_group as in_group,
           language = any(:languages) or :any_language as in_language"""
_FOUND = f"""
    select ref, country, topic_groups, language, information_date, {FRESHNESS_NOW} as freshness,{_WITHIN},"""

# A frequent search that was made ready (see `champions`) is taken as it is, if it has no filter and holds the page.
_CHAMPION = """
with champion as materialized (
    select counts, refs, ranks, dates from search_champion c
    where :bare and query = :query and day = :today
      and not exists (select from text_change x where x.search @@ to_tsquery('simple', :query))
      and (whole or :size <= (
            select count(*) from unnest(refs, ranks, dates) as top (ref, rank, information_date)
            where not :paged or (rank, information_date, ref) < (:after_rank, cast(:after_date as date), :after_ref)))),
"""

_ALL_HIT = f"""hit as materialized ({_FOUND}
           case when :ranked then (ts_rank(search, to_tsquery('simple', :query)) * 1000000)::int else 0 end as rank
    from published_excerpt
    where {{unless}} listed and (not :matching or search @@ to_tsquery('simple', :query))
      and (:any_topic or topics && :topics)
)"""

# What a word is worth in a text: all of it, less for one that means the same, least for one that only begins alike.
# Materialised, so that a word is read as a query once, not once for each text.
_MOST = f"""
with asked as materialized (
    select exact::tsquery as exact, alike::tsquery as alike, near::tsquery as near, says
    from unnest(cast(:exact as text[]), cast(:alike as text[]), cast(:near as text[]), cast(:says as float8[]))
         as term (exact, alike, near, says)),
hit as materialized ({_FOUND}
           case when :ranked then (worth * 100000 + ts_rank(search, cast(:any as tsquery)) * 10000)::int
                else 0 end as rank
    from published_excerpt cross join lateral (
        select sum(says * case when search @@ exact then 1.0 when search @@ alike then {MEANS_THE_SAME}
                               when search @@ near then {BEGINS_ALIKE} end) as worth from asked) as word
    where listed and search @@ cast(:any as tsquery) and worth >= :least and (:any_topic or topics && :topics)
)"""  # noqa: S608 -- the same

COUNT = """
    select {each}country, topic_groups, language, freshness,
           grouping(country, topic_groups, language, freshness) as which,
           coalesce({many} filter (where in_group and in_language and freshness = any(:fresh)), 0) as by_country,
           coalesce({many} filter (where in_country and in_language and freshness = any(:fresh)), 0) as by_group,
           coalesce({many} filter (where in_country and in_group and freshness = any(:fresh)), 0) as by_language,
           coalesce({many} filter (where in_country and in_group and in_language), 0) as by_freshness,
           {many} as texts
    from {of} group by {each}grouping sets ((country), (topic_groups), (language), (freshness))"""
COUNTED = f""",
counted as ({COUNT.format(many="count(*)", of="hit", each="")})"""
_CHOSEN = """,
chosen as (
    select ref, rank, row_number() over (order by rank desc, information_date desc, ref desc) as place
    from (
        select ref, rank, information_date from {found}
        where (not :paged or (rank, information_date, ref) < (:after_rank, cast(:after_date as date), :after_ref))
        order by rank desc, information_date desc, ref desc limit :size) page)
select p.ref, p.number, p.country, p.topic_group, p.topics, p.language, p.title, p.summary, p.body,
       jsonb_array_length(p.sources) as sources, p.information_date, p.valid_until, p.expires_on,
       p.published_on, {fresh} as freshness, p.corrected_on, chosen.rank, {counts} as counts{beside}
from (select) one left join (chosen join published_excerpt p using (ref)) on true
order by chosen.place"""
FACETS = {
    "country": (0b0111, "country"),
    "group": (0b1011, "topic_groups"),
    "language": (0b1101, "language"),
    "freshness": (0b1110, "freshness"),
}
"""By facet: which of the grouping sets counts it, and the column of its values.

Texts with the same groups are counted together; each of these counts them."""

_HITS = """(
            select ref, rank, information_date from hit
            where in_country and in_group and in_language and freshness = any(:fresh){or_ready}) one"""
_READY = """
            union all select top.* from champion, unnest(refs, ranks, dates) as top (ref, rank, information_date)"""
_ONCE = "case when coalesce(chosen.place, 1) = 1 then {counts} end"
_COUNTS = "(select jsonb_agg(counted) from counted)"


def _chosen(counts: str, or_ready: str = "", beside: str = "") -> str:
    return _CHOSEN.format(found=_HITS.format(or_ready=or_ready), counts=counts, fresh=FRESHNESS_NOW, beside=beside)


# What a search that finds nothing may offer: whether that would find something. `here` has the filters of the search.
# Materialised, or a planner that expects one soon walks the whole library where there is none.
_SOME = """exists (
    with one as materialized (
        select from published_excerpt where listed and search @@ to_tsquery('simple', :{query}) and {which})
    select from one)"""
_HERE = f"""
    {FRESHNESS_NOW} = any(:fresh) and (country = any(:countries) or :any_country) and (topics && :topics or :any_topic)
    and (topic_groups && :groups or :any_group) and (language = any(:languages) or :any_language)"""
_WAYS_OUT = ", ".join(
    f"{_SOME.format(query=query, which=which)} as {name}"
    for name, query, which in (
        ("words_elsewhere", "whole", "expires_on > :today"),
        ("words_expired", "whole", "expires_on <= :today"),
        ("meant_here", "meant", _HERE),
        ("meant_elsewhere", "meant", "expires_on > :today"),
    )
)


_UNLESS_READY = _ALL_HIT.format(unless="not exists (select from champion) and")
_READY_OR_COUNTED = f"coalesce((select counts from champion), {_COUNTS})"  # noqa: S608 -- the same

ALL_WORDS = _CHAMPION + _UNLESS_READY + COUNTED + _chosen(_ONCE.format(counts=_READY_OR_COUNTED), _READY)
ONE_WORD = (
    _CHAMPION + _UNLESS_READY + COUNTED
    + _chosen(_ONCE.format(counts=_READY_OR_COUNTED), _READY, beside=f", {_WAYS_OUT}")
)  # fmt: skip
"""What is left of a search of which only one word is known."""
MOST_WORDS = _MOST + COUNTED + _chosen(_ONCE.format(counts=_COUNTS), beside=f", {_WAYS_OUT}")
WAYS_OUT = f"select {_WAYS_OUT}"

_SOME_HIT = "exists (select from hit where in_country and in_group and in_language and freshness = any(:fresh))"
LISTED = (
    _CHAMPION
    + _UNLESS_READY
    + _chosen(f"({_SOME_HIT} or exists (select from champion where cardinality(refs) > 0))", _READY)
)
LISTED_MOST = _MOST + _chosen(_SOME_HIT)
"""All of it without counts: only whether there is any at all, on this page or one before it."""

_SHELVES = f"""
with ready as materialized (select from text_count where day = :today limit 1),
shelf as materialized (
    select country, topic_groups, language, freshness, texts,{_WITHIN}
    from (
        select country, topic_groups, language, freshness, texts from text_count
        where day = :today and topic = :topic and language <> ''
        union all
        select country, topic_groups, language, {FRESHNESS_NOW}, texts from text_change
        where exists (select from ready) and (:any_topic or topics && :topics)) one
    where {{which}}),
"""  # noqa: S608 -- the same
# `freshness = any(:fresh)` in words of which the planner knows how many texts they hold for.
_AS_FRESH = """
    ('expired' = any(:fresh) or :today < expires_on)
    and ('corrected' = any(:fresh) or :today >= expires_on or corrected_on is null)
    and ('out_of_date' = any(:fresh) or :today >= expires_on or corrected_on is not null or :today <= valid_until)
    and ('check_soon' = any(:fresh) or :today >= expires_on or corrected_on is not null or :today > valid_until
         or :today < check_soon_from)
    and ('current' = any(:fresh) or :today >= expires_on or corrected_on is not null or :today > valid_until
         or :today >= check_soon_from)"""
_SHOWN = f"""
    listed and (:any_language or language = any(:languages)) and (:any_topic or topics && :topics)
    and {_AS_FRESH} and (information_date, ref) < (
        case when :paged and :after_rank = 0 then cast(:after_date as date) else 'infinity' end, :after_ref)
    order by information_date desc, ref desc limit :size"""
# In the order of their dates all texts are walked, where the wanted ones stand close; else those of each place.
_WALKED = f"""
dense as materialized (
    select sum(texts) filter (where in_country and in_group and in_language and freshness = any(:fresh)) * {DENSE} >= (
               select sum(texts) from text_count
               where day = :today and topic = '' and language = '' and topic_groups = '{{}}')
           and array['current', 'check_soon'] && :fresh as enough
    from shelf),
walked as materialized (
    (select ref, 0 as rank, information_date from published_excerpt
     where (select enough from dense) and (country = any(:countries) or :any_country)
       and (topic_groups && :groups or :any_group) and {_SHOWN})
    union all
    select top.ref, 0, top.information_date
    from (select distinct country, topic_groups from shelf
          where in_country and in_group and in_language and freshness = any(:fresh)
            and not (select enough from dense)) place
    cross join lateral (
        select ref, information_date from published_excerpt p
        where p.country = place.country and p.topic_groups = place.topic_groups and {_SHOWN}) top),
"""  # noqa: S608 -- the same
_UNLESS_SHELVED = _ALL_HIT.format(unless="not exists (select from ready) and")
_OR_WALKED = " union all select * from walked"
_READY_COUNTS = f"""
    case when exists (select from ready) then (
        select jsonb_agg(one) from ({COUNT.format(many="sum(texts)", of="shelf", each="")}) one where texts > 0)
    else {_COUNTS} end"""  # noqa: S608 -- the same


BROWSED = (
    _SHELVES.format(which="true") + _WALKED + _UNLESS_SHELVED + COUNTED
    + _chosen(_ONCE.format(counts=_READY_COUNTS), _OR_WALKED)
)  # fmt: skip
"""Without words."""
BROWSED_LISTED = (
    _SHELVES.format(which="(:any_country or country = any(:countries))") + _WALKED + _UNLESS_SHELVED
    + _chosen("null", _OR_WALKED)
)  # fmt: skip


def facet_of(name: str, counted: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    """How many texts each value of a facet would show; one with topics of two groups counts in both."""
    (which, column), found = FACETS[name], Counter[str]()
    for one in counted:
        if one["which"] == which:
            values = one[column] if isinstance(one[column], list) else (one[column],)
            found.update(dict.fromkeys(values, one[f"by_{name}"]))
    return found
