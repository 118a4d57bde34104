"""The statements that make frequent searches ready, and bring those that are ready up to date."""

from workflows.excerpts.search_sql import COUNT, COUNTED, FRESHNESS_NOW

MAKE_READY = f"""
with hit as materialized (
    select ref, country, topic_groups, language, information_date, {FRESHNESS_NOW} as freshness,
           true as in_country, true as in_group, true as in_language,
           (ts_rank(search, to_tsquery('simple', :query)) * 1000000)::int as rank
    from published_excerpt where listed and search @@ to_tsquery('simple', :query))
{COUNTED},
top as (
    select ref, rank, information_date from hit where freshness = any(:fresh)
    order by rank desc, information_date desc, ref desc limit :kept)
update search_champion set day = :today,
       counts = coalesce((select jsonb_agg(counted) from counted), '[]'),
       whole = (select count(*) from hit where freshness = any(:fresh)) <= :kept,
       refs = array(select ref from top order by rank desc, information_date desc, ref desc),
       ranks = array(select rank from top order by rank desc, information_date desc, ref desc),
       dates = array(select information_date from top order by rank desc, information_date desc, ref desc)
where query = :query"""  # noqa: S608 -- the same

FORGET_RARE = """
delete from search_champion where query <> all(:wanted) and :least > (
    select coalesce(sum(texts), 0) from jsonb_to_recordset(counts) one (which int, texts bigint)
    where which = 14)"""
"""Of the facets, that of freshness counts each text once."""

_BEFORE = FRESHNESS_NOW.replace(":today", ":before")
_TURNS = """(
        select hit.*, freshness, texts
        from hit cross join lateral (values (was, -1), (hit.fresh, 1)) turn (freshness, texts)
        where freshness is not null) turned"""
_ADDED = COUNT.format(each="query, ", many="sum(texts)", of=_TURNS)
# What a line takes off the counts (`was`) and puts on them (`fresh`): a change, or else a text whose freshness turned.
KEEP_READY = f"""
with asked as materialized (
    select *, to_tsquery('simple', query) as wanted from search_champion where query = any(:queries)),
line as materialized (
    select ref, country, topic_groups, language, search || '' as search, true as changed,
           case when texts < 0 then {_BEFORE} end as was, case when texts > 0 then {_BEFORE} end as fresh
    from text_change where :before = :today
    union all
    select ref, country, topic_groups, language, search || '', false, {_BEFORE}, {FRESHNESS_NOW}
    from published_excerpt where :before < :today and listed and {_BEFORE} <> {FRESHNESS_NOW}),
hit as materialized (
    select query, ref, country, topic_groups, language, was, fresh,
           true as in_country, true as in_group, true as in_language
    from asked join line on search @@ wanted),
touched as materialized (select * from asked where query in (select query from hit)),
counted as (
    {_ADDED}
    union all
    select query, was.* from touched cross join lateral jsonb_to_recordset(counts) was (
        country text, topic_groups text[], language text, freshness text, which int,
        by_country bigint, by_group bigint, by_language bigint, by_freshness bigint, texts bigint)),
summed as (
    select query, jsonb_agg(to_jsonb(one) - 'query') as counts
    from (
        select query, country, topic_groups, language, freshness, which, sum(by_country) as by_country,
               sum(by_group) as by_group, sum(by_language) as by_language, sum(by_freshness) as by_freshness,
               sum(texts) as texts
        from counted group by 1, 2, 3, 4, 5, 6 having sum(texts) > 0) one
    group by query),
found as (
    select query, top.ref, top.rank, top.information_date
    from touched cross join lateral unnest(refs, ranks, dates) top (ref, rank, information_date)
    where top.ref not in (select ref from line where changed or fresh = 'expired')
    union all
    select query, p.ref, p.rank, p.information_date
    from touched cross join lateral (
        select ref, (ts_rank(search, wanted) * 1000000)::int as rank, information_date from published_excerpt
        where ref in (select ref from line where changed) and listed and search @@ wanted
          and {FRESHNESS_NOW} = any(:fresh)) p
    where whole or (p.rank, p.information_date, p.ref) > (
        ranks[cardinality(ranks)], dates[cardinality(dates)], refs[cardinality(refs)])),
placed as (
    select *, row_number() over (partition by query order by rank desc, information_date desc, ref desc) as place
    from found),
top as (
    select query, count(*) <= :kept as whole, array_agg(ref order by place) filter (where place <= :kept) as refs,
           array_agg(rank order by place) filter (where place <= :kept) as ranks,
           array_agg(information_date order by place) filter (where place <= :kept) as dates
    from placed group by query)
update search_champion c set counts = coalesce(summed.counts, '[]'), whole = c.whole and coalesce(top.whole, true),
       refs = coalesce(top.refs, '{{}}'), ranks = coalesce(top.ranks, '{{}}'), dates = coalesce(top.dates, '{{}}')
from touched left join summed using (query) left join top using (query)
where c.query = touched.query"""  # noqa: S608 -- the same
