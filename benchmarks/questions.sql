-- Invented questions with their requests, points, assignments and answers, in plausible states. The number of questions and the
-- present day are set as terrain.wanted and terrain.today. Of a hundred: 1 new, 1 waiting for whoever asked, 4 triaged (their
-- research at every stage), 2 answered, 2 declined, 90 closed. No text is sealed here: nobody can open an original of these.

create temp table made on commit drop as
select n, gen_random_uuid() as id, gen_random_uuid() as request_id, gen_random_uuid() as assignment_id,
       gen_random_uuid() as answer_id, country, topics, language, state, stage,
       today - (case when state = 'closed' then 60 + n % 1500 when state in ('answered', 'declined') then 20 + n % 20
                     when state = 'triaged' then 3 + n % 30 else n % 6 end) as day, today,
       case when n % 12 = 0 then 'urgent' else 'normal' end as urgency
from (
    select n, c.iso3 as country, array[t.code] as topics, (array['fr', 'en', 'nl', 'fr'])[1 + n % 4] as language,
           current_setting('terrain.today')::date as today,
           case when n % 100 = 0 then 'received' when n % 100 = 1 then 'clarification_asked'
                when n % 100 in (2, 3, 4, 5) then 'triaged' when n % 100 in (6, 7) then 'answered'
                when n % 100 in (8, 9) then 'declined' else 'closed' end as state,
           (array['offered', 'accepted', 'accepted', 'in_review', 'completed'])[1 + (n / 100) % 5] as stage
    from generate_series(1, current_setting('terrain.wanted')::integer) as n
    join (select iso3, row_number() over (order by iso3) - 1 as place, count(*) over () as of from country where active) c
        on (n / 7) % c.of = c.place
    join (select code, row_number() over (order by code) - 1 as place, count(*) over () as of
          from topic where active and parent_code is not null) t on (n / 3) % t.of = t.place
) as numbered
order by day;

insert into request (id, channel, language, requester_kind, consent_version, consented_at, code_hash, code_key_version,
                     submission_id, received_at)
select request_id, 'web', language, 'self', '1', day, sha256(request_id::text::bytea), 1, gen_random_uuid(), day from made;

insert into question (id, version, request_id, number, state, language, neutral_language, country, place, topics,
                      facets, urgency, personal_details, officer_id, received_at, triage_by, promised_by, clarification_closes_at, closes_at,
                      decline_reason, closed_at, was_triaged)
select id, 2, request_id, 1, state, language, language, country, '', topics, '{}', urgency,
       n % 4,
       case when state <> 'received' then (select s.id from staff s order by s.name offset made.n % 3 limit 1) end,
       day + interval '9 hours', day + 4, day + 28,
       case when state = 'clarification_asked' then day + interval '40 days' end,
       case when state in ('answered', 'declined') then day + interval '70 days' end,
       case when state = 'declined' then 'not_about_a_country' end,
       case when state = 'closed' then least(day + interval '50 days', today) end,
       state in ('triaged', 'answered', 'closed')
from made;

insert into question_point (id, question_id, code, position, text)
select gen_random_uuid(), id, 'Q' || place, place, 'What does it cost in town number ' || n || ', and where is it found?'
from made cross join generate_series(1, 2) as place
where state <> 'received';

insert into assignment (id, version, number, kind, question_id, country, place, topics, state, proposed_partner_id, partner_id,
                        language, terms, effort, urgency, field_visit, created_at, offered_at, respond_by, accepted_at, submit_by,
                        requester_date, closed_at)
select assignment_id, 2, nextval('assignment_number'), 'question', made.id, country, '', topics,
       case when state in ('answered', 'closed') or stage = 'completed' then 'completed'
            when stage = 'offered' then 'offered' else 'accepted' end,
       p.id, p.id, 'fr', 'Ask at two places.', 'One day', urgency, false, day + 1, day + 1, day + 4,
       case when stage <> 'offered' or state <> 'triaged' then day + interval '2 days' end,
       case when stage <> 'offered' or state <> 'triaged' then day + 16 end,
       case when stage <> 'offered' or state <> 'triaged' then day + 21 end,
       case when state in ('answered', 'closed') or stage = 'completed' then day + interval '20 days' end
from made cross join (select id from partner_organisation order by name limit 1) p
where state in ('answered', 'closed') or (state = 'triaged' and n % 10 <> 5);

insert into assignment_point (id, assignment_id, code, position, text)
select gen_random_uuid(), assignment_id, 'Q1', 1, 'What does it cost in town number ' || n || '?'
from made join assignment a on a.id = assignment_id;

insert into answer (id, version, assignment_id, partner_id, question_id, credit, state, round, saved_at, submitted_at, review_by)
select answer_id, 2, assignment_id, a.partner_id, made.id, 'anonymous',
       case when a.state = 'completed' then 'accepted' when stage = 'in_review' then 'submitted' else 'draft' end, 1, day + 15,
       case when a.state = 'completed' or stage = 'in_review' then day + interval '15 days' end,
       case when stage = 'in_review' then day + 20 end
from made join assignment a on a.id = assignment_id
where a.state in ('accepted', 'completed');

insert into answer_point (id, answer_id, code, position, text, place, information_date, confidence, not_found, searched_where)
select gen_random_uuid(), answer_id, 'Q1', 1, 'Two shops of three had it.', '', day + 14, 'sure', false, ''
from made join answer w on w.id = answer_id;

insert into event (id, kind, object_kind, object_id, question_id, actor_kind, to_state, codes, at)
select gen_random_uuid(), kind, 'question', id, id, 'staff', null, '{}', day + interval '10 hours'
from made cross join (values ('question.open'), ('question.take'), ('question.triage')) as happened (kind)
