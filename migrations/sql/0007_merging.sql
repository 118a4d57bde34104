-- What merging changes for the public site and the clock.

-- The clock hands the neutral text of a question that stopped to the one that takes its place.
grant insert on question_point to app_worker;

-- Each question of the request that asks, with the one that answers it (itself, or where it was merged), how far that
-- one is, and on which days it came there. Days, not moments: nobody may match them with a partner's hours online. One
-- that was withdrawn after its answer is still answered for those that were merged into it.
create or replace function requester_story(zone text) returns table (
    question uuid, followed uuid, state text, stage text, expected date, read_on date, researched_on date, checked_on date)
    language sql stable security definer set search_path = pg_catalog, public
    begin atomic
        with recursive walk as (
            select q.id as question, q.id as followed, q.state, q.merged_into_id, array[q.id] as passed
            from public.question q where q.request_id = authn.current_request()
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
               p.stage, p.expected,
               ((select max(e.at) from public.event e where e.question_id = w.followed and e.kind = 'question.triage')
                   at time zone zone)::date,
               (work.began at time zone zone)::date,
               (work.submitted at time zone zone)::date
        from walk w
        left join lateral public.requester_progress(w.followed) p on true
        left join work on work.question_id = w.followed
        where w.state <> 'merged';
    end;

-- A requester deletes everything about the request; what was published stays, since it says nothing of them.
-- A reply goes with the last of those who read it: a question merged into theirs keeps its answer.
create or replace function forget_request(at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, public
    begin atomic
        delete from public.message where question_id in
            (select q.id from public.question q where q.request_id = authn.current_request());
        delete from public.question_point where question_id in
            (select q.id from public.question q where q.request_id = authn.current_request());
        update public.reply r set text_shared = null
            where exists (
                select from public.question q where q.request_id = authn.current_request()
                and (q.id = r.question_id or q.merged_into_id = r.question_id))
            and not exists (
                select from public.question q join public.request o on o.id = q.request_id
                where o.erased_at is null and o.id <> authn.current_request()
                and (q.id = r.question_id or (q.merged_into_id = r.question_id and q.state = 'merged')));
        update public.question set original_sealed = null, override_sealed = null, decline_shared = null,
            place = null, urgency_reason = null
            where request_id = authn.current_request();
        update public.request set contact_sealed = null, code_hash = null, erased_at = at
            where id = authn.current_request();
        update authn.session set revoked_at = at where account_id = authn.current_request() and revoked_at is null;
    end;
