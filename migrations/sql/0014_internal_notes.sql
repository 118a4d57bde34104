-- Notes of the desk: the desk adds and reads them, the clock throws them away, nobody else has any right on them.
grant select, insert on internal_note to app_desk;
grant select (id, question_id), delete on internal_note to app_worker;

-- A requester deletes everything about the request; what was published stays, since it says nothing of them.
-- A reply goes with the last of those who read it: a question merged into theirs keeps its answer.
create or replace function forget_request(at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, public
    begin atomic
        delete from public.message where question_id in
            (select q.id from public.question q where q.request_id = authn.current_request());
        delete from public.internal_note where question_id in
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
