-- Spreads the invented texts that were copied into `seeded` over the tables that publishing writes.

insert into published_excerpt (
    ref, number, state, notice, listed, country, topic_group, topics, facets, language, place, title, summary, body,
    unknown, confidence, sources, information_date, valid_until, check_soon_from, expires_on, published_on, changed_on,
    credit, files, analysis, search)
select ref, 1, 'published', '', true, country, topic_group, topics, '{}', language, '', title, summary, body,
    '', confidence, sources, information_date, valid_until, check_soon_from, expires_on, published_on, published_on,
    '{}', '[]', analysis,
    setweight(to_tsvector('simple', words_a), 'A') || setweight(to_tsvector('simple', words_b), 'B')
        || setweight(to_tsvector('simple', words_c), 'C') || setweight(to_tsvector('simple', words_d), 'D')
from seeded;

insert into published_version (
    ref, number, change, public_note, retracted, country, topic_group, topics, facets, language, place, title, summary,
    body, unknown, confidence, sources, information_date, valid_until, check_soon_from, expires_on, published_on,
    credit, files, translated_notes)
select ref, 1, 'first', '', false, country, topic_group, topics, '{}', language, '', title, summary,
    body, '', confidence, sources, information_date, valid_until, check_soon_from, expires_on, published_on,
    '{}', '[]', '{}'
from seeded;

insert into excerpt (id, version, ref, country, topic_group, language, state, valid_until, created_at)
select id, 1, ref, country, topic_group, language, 'published', valid_until, published_on
from seeded;

insert into excerpt_version (
    id, version, excerpt_id, number, state, title, summary, body, unknown, confidence, place, topics, facets, sources,
    information_date, valid_until, change, public_note, translated_notes, author_id, co_author_ids, saved_at, published_at)
select gen_random_uuid(), 1, id, 1, 'published', title, summary, body, '', confidence, '', topics, '{}', sources,
    information_date, valid_until, 'first', '', '{}', '00000000-0000-0000-0000-000000000000', '{}', published_on, published_on
from seeded;
