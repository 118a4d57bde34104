-- What was corrected or taken back is the desk's to read; whoever asked hears that it was, and when.
grant select (corrects_id, stood_until) on reply to app_public, app_counsellor;
alter policy own on reply using (requester_follows(question_id) and stood_until is null);
alter policy caseload on reply using (requester_follows(question_id) and stood_until is null);

-- An answer that was taken back is being checked again, whether it was researched or made of published texts.
drop function requester_story(uuid[], text);
create function requester_story(questions uuid[], zone text) returns table (
    question uuid, followed uuid, state text, stage text, expected date, read_on date, researched_on date, checked_on date,
    taken_back_on date)
    language sql stable security definer set search_path = pg_catalog, public
    begin atomic
        with recursive walk as (
            select q.id as question, q.id as followed, q.state, q.merged_into_id, array[q.id] as passed
            from public.question q where q.id = any (questions) and authn.asks(q.request_id)
            union all
            select w.question, q.id, q.state, q.merged_into_id, w.passed || q.id
            from walk w join public.question q on q.id = w.merged_into_id
            where w.state = 'merged' and q.id <> all (w.passed)),
        work as (
            select a.question_id, min(coalesce(a.accepted_at, a.offered_at)) as began, min(n.submitted_at) as submitted
            from public.assignment a left join public.answer n on n.assignment_id = a.id
            where a.question_id in (select walk.followed from walk) and a.state in ('offered', 'accepted', 'completed')
            group by a.question_id)
        select w.question, w.followed,
               case when w.question <> w.followed and w.state = 'withdrawn' and exists (
                        select from public.event e where e.object_id = w.followed
                        and e.kind = 'question.withdraw' and e.from_state = 'answered')
                   then 'answered' else w.state end,
               case when p.stage = 'read' and newest.stood_until is not null then 'checked' else p.stage end,
               p.expected,
               ((select max(e.at) from public.event e where e.question_id = w.followed and e.kind = 'question.triage')
                   at time zone zone)::date,
               (work.began at time zone zone)::date,
               (work.submitted at time zone zone)::date,
               (newest.stood_until at time zone zone)::date
        from walk w
        left join lateral public.requester_progress(w.followed) p on true
        left join work on work.question_id = w.followed
        left join lateral (
            select r.stood_until from public.reply r where r.question_id = w.followed
            order by r.sent_at desc, r.stood_until desc nulls first limit 1) newest on true
        where w.state <> 'merged';
    end;
revoke all on function requester_story from public;
grant execute on function requester_story to app_public, app_counsellor;
