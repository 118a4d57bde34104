-- What an attack with the public site's or the caseload's own credentials could still reach: history and letters in
-- anybody's name, of any day.

-- The one list of what each site writes into history, by who signs it. A new kind of event is a new line here, by a
-- migration that replaces this function; tests/fences/test_whose_history.py tells when one is missing.
create function history_kinds(log_in text, signs text) returns text[]
    language sql immutable set search_path = pg_catalog, public
    return case log_in || ' ' || signs
        when 'app_public visitor' then array[
            'question.open', 'reader_report.open', 'reader_report.personal']
        when 'app_public requester' then array[
            'question.clarify', 'question.clarify_triaged', 'question.withdraw', 'question.reopen',
            'question.reopen_unread', 'question.dispute', 'reply.judge', 'reply.found_wrong',
            'request.forget', 'request.replace_code', 'request.burn_code']
        when 'app_counsellor counsellor' then array[
            'question.open', 'question.clarify', 'question.clarify_triaged', 'question.withdraw', 'question.reopen',
            'question.reopen_unread', 'question.dispute', 'request.forget', 'request.name_case', 'request.give_code',
            'counsellor.renew', 'reading.caseload_export']
        when 'app_partner researcher' then array[
            'assignment.accept', 'assignment.decline', 'assignment.clarify', 'assignment.ask_extension',
            'assignment.release', 'answer.open', 'answer.submit', 'answer.withdraw', 'attachment.open',
            'absence.add', 'absence.change', 'absence.remove',
            'researcher.renew', 'researcher.invite', 'researcher.deactivate']
        else array[]::text[]
    end;
revoke all on function history_kinds(text, text) from public;
grant execute on function history_kinds(text, text) to app_public, app_counsellor, app_partner;

-- Nothing is dated ahead, and nothing slips in before what is sealed already; the sites' clocks may differ a little.
create function happens_now(at timestamptz) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    return at <= now() + interval '10 minutes' and at >= coalesce(
        (select e.at - interval '20 minutes' from public.event_seal s join public.event e on e.id = s.event_id
         order by s.number desc limit 1), '-infinity');
revoke all on function happens_now(timestamptz) from public;
grant execute on function happens_now(timestamptz) to app_public, app_counsellor, app_partner;

-- Whether the very log-in that asks may announce this: it could have written it.
create function site_recorded(happened uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    return exists (
        select from public.event e
        where e.id = happened and e.kind = any (public.history_kinds(session_user::text, e.actor_kind))
          and public.happens_now(e.at));
revoke all on function site_recorded(uuid) from public;
grant execute on function site_recorded(uuid) to app_public, app_counsellor;

drop policy others on event;
create policy visited on event for insert to app_public with check (
    actor_kind = 'visitor' and actor_id is null
    and case kind
        when 'question.open' then object_kind = 'question' and question_id = object_id and just_asked(object_id)
        else object_kind = 'reader_report' and question_id is null
    end);
create policy asked on event for insert to app_public with check (
    actor_kind = 'requester' and actor_id = authn.current_request()
    and case object_kind
        when 'question' then question_id = object_id and requester_sees(object_id)
        when 'request' then question_id is null and object_id = authn.current_request()
        else false
    end);
create policy caseload on event for insert to app_counsellor with check (
    actor_kind = 'counsellor' and actor_id = authn.current_counsellor()
    and case object_kind
        when 'question' then question_id = object_id and requester_sees(object_id)
        when 'request' then question_id is null and exists (select from request r where r.id = object_id)
        when 'counsellor' then question_id is null and object_id = authn.current_counsellor()
        else false
    end);
create policy kinds on event as restrictive for insert to app_public, app_counsellor, app_partner with check (
    kind = any (history_kinds(session_user::text, actor_kind)) and happens_now(at));

drop policy others on outbox;
create policy others on outbox for insert to app_public, app_counsellor with check (site_recorded(event_id));
create policy fresh on outbox as restrictive for insert to app_public, app_counsellor, app_partner with check (
    done_at is null and happens_now(at));
