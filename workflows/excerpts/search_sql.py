"""The statements of a search: they find, count each facet and fetch the page, in one go.

The match is materialised: a planner that walks an index for the order would visit the whole library for a rare word.
"""

FRESHNESS_NOW = """
    case when :today >= expires_on then 'expired' when :today > valid_until then 'out_of_date'
         when :today >= check_soon_from then 'check_soon' else 'current' end"""

_FOUND = f"""
    select ref, country, topic_group, language, information_date, {FRESHNESS_NOW} as freshness,
           country = any(:countries) or :any_country as in_country,
           topic_group = any(:groups) or :any_group as in_group,
           language = any(:languages) or :any_language as in_language,"""

_ALL = f"""
with hit as materialized ({_FOUND}
           case when :ranked then (ts_rank(search, to_tsquery('simple', :query)) * 1000000)::int else 0 end as rank
    from published_excerpt
    where listed and (not :matching or search @@ to_tsquery('simple', :query)) and (:any_topic or topics && :topics)
)"""

# What a word is worth in a text: all of it, less for one that means the same, least for one that only begins alike.
_MOST = f"""
with asked as (
    select exact::tsquery as exact, alike::tsquery as alike, near::tsquery as near, says
    from unnest(cast(:exact as text[]), cast(:alike as text[]), cast(:near as text[]), cast(:says as float8[]))
         as term (exact, alike, near, says)),
hit as materialized ({_FOUND}
           case when :ranked then (worth * 100000 + ts_rank(search, cast(:any as tsquery)) * 10000)::int
                else 0 end as rank
    from published_excerpt cross join lateral (
        select sum(says * case when search @@ exact then 1.0 when search @@ alike then 0.7
                               when search @@ near then 0.4 end) as worth from asked) as word
    where listed and search @@ cast(:any as tsquery) and worth >= :least and (:any_topic or topics && :topics)
)"""  # noqa: S608 -- the same

_COUNTED = """,
counted as (
    select country, topic_group, language, freshness,
           grouping(country, topic_group, language, freshness) as which,
           count(*) filter (where in_group and in_language and freshness = any(:fresh)) as by_country,
           count(*) filter (where in_country and in_language and freshness = any(:fresh)) as by_group,
           count(*) filter (where in_country and in_group and freshness = any(:fresh)) as by_language,
           count(*) filter (where in_country and in_group and in_language) as by_freshness
    from hit group by grouping sets ((country), (topic_group), (language), (freshness)))"""
_CHOSEN = """,
chosen as (
    select ref, freshness, rank, row_number() over (order by rank desc, information_date desc, ref desc) as place
    from (
        select ref, freshness, rank, information_date from hit
        where in_country and in_group and in_language and freshness = any(:fresh)
          and (not :paged or (rank, information_date, ref) < (:after_rank, cast(:after_date as date), :after_ref))
        order by rank desc, information_date desc, ref desc limit :size) page)
select p.ref, p.number, p.country, p.topic_group, p.topics, p.language, p.title, p.summary, p.body,
       jsonb_array_length(p.sources) as sources, p.information_date, p.valid_until, p.expires_on,
       p.published_on, chosen.freshness, chosen.rank, {counts} as counts
from (select) one left join (chosen join published_excerpt p using (ref)) on true
order by chosen.place"""
FACETS = {
    "country": (0b0111, "country"),
    "group": (0b1011, "topic_group"),
    "language": (0b1101, "language"),
    "freshness": (0b1110, "freshness"),
}
"""By facet: which of the grouping sets counts it, and the column of its values."""

_ONCE = "case when coalesce(chosen.place, 1) = 1 then (select jsonb_agg(counted) from counted) end"
_SHOWN = _COUNTED + _CHOSEN.format(counts=_ONCE)

ALL_WORDS = _ALL + _SHOWN
MOST_WORDS = _MOST + _SHOWN
LISTED = _ALL + _CHOSEN.format(counts="null")
