-- Who may do what, by database log-in. Grants first, then row security.
-- The functions named authn.current_* are in 0002_authn.sql and answer for the session that asks.

revoke all on schema public from public;
grant usage on schema public to app_public, app_desk, app_partner, app_worker;

-- Everybody reads the vocabulary.
grant select on region, country, topic, facet to app_public, app_desk, app_partner, app_worker;

-- Everybody writes history; nobody rewrites it.
grant insert on event, outbox to app_public, app_desk, app_partner, app_worker;
grant select on event, event_seal to app_desk, app_worker;
grant select, update on outbox to app_worker;
grant insert on event_seal to app_worker;

-- Each site's health page looks at the clock's heartbeat.
grant select on heartbeat to app_public, app_desk, app_partner, app_worker;
grant insert, update, delete on heartbeat to app_worker;
grant select, insert, update, delete on set_aside to app_worker;
grant select on set_aside to app_desk;

-- The public site: published pages; asking; following one request by its code.
grant select on published_excerpt, published_version, published_edition to app_public;
grant insert on request, question, message to app_public;
grant select (id, channel, language, requester_kind, consent_version, consented_at, received_at, erased_at)
    on request to app_public;
grant select (id, request_id, number, state, version, language, country, received_at, triage_by, promised_by,
              clarification_closes_at, closes_at, decline_reason, decline_shared, merged_into_id, closed_at)
    on question to app_public;
grant update (state, version, triage_by, promised_by, clarification_closes_at, closes_at, closed_at)
    on question to app_public;
grant select on question_point to app_public;
grant select (id, question_id, direction, to_requester_shared, at) on message to app_public;
grant select (id, question_id, language, text_shared, from_database, sent_at) on reply to app_public;
grant select on reply_pin, recall to app_public;

-- The desk: the slices. Accounts are told apart by the code's gates and the lifecycles' parties.
grant select, insert, update, delete on
    partner_organisation, staff, researcher, request, question, question_point, message,
    assignment, assignment_point, assignment_message, answer, answer_point, source, review, review_comment,
    excerpt, excerpt_version, excerpt_version_revision, verification, published_excerpt, published_version,
    reply, reply_pin, recall, country_sheet, edition, section, section_pin, published_edition, reminder
    to app_desk;
grant select on revision, delivery, letter to app_desk;
grant update (state, next_try_at, attempts, lease_until, last_error) on letter to app_desk;
grant usage on sequence assignment_number to app_desk, app_worker;

-- The portal: its partner's own assignments and answers.
grant select on assignment, assignment_point, assignment_message, answer, answer_point, revision, review_comment,
    partner_organisation to app_partner;
grant select (id, name, language, timezone, active, partner_id) on researcher to app_partner;
grant update (language) on researcher to app_partner;
grant update (state, version, accepted_at, submit_by, requester_date, lapse_at, decline_reason, ask_again_after,
              release_reason, extension_until, paused_at, closed_at) on assignment to app_partner;
grant update (away_until) on partner_organisation to app_partner;
grant insert on assignment_message, answer, answer_point, revision to app_partner;
grant update on answer, answer_point to app_partner;
grant delete on answer_point to app_partner;
grant select (id, answer_id, position, point_code, kind, label, dated, mode, consent, keeps_identity, dropped)
    on source to app_partner;
grant insert on source to app_partner;
grant update (position, point_code, kind, label, dated, mode, consent, dropped) on source to app_partner;
grant select, insert, delete on reminder to app_partner;

-- The clock: deadline moves, letters, recall, upkeep.
grant select on partner_organisation, staff, researcher, request, question, question_point, message, assignment,
    assignment_point, answer, revision, excerpt, excerpt_version, excerpt_version_revision, published_excerpt,
    published_version, reply, reply_pin, recall, country_sheet, edition, section, section_pin, published_edition
    to app_worker;
grant update on question, assignment, answer, excerpt, request, message, reply to app_worker;
grant delete on message, question_point to app_worker;
grant insert on assignment, assignment_point, recall to app_worker;
grant select, insert, update, delete on delivery, letter, reminder to app_worker;

-- Row security. FORCE binds the owner too, so the owner, the desk and the clock have a policy of their own.
create function requester_sees(question uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    return exists (select 1 from public.question q where q.id = question and q.request_id = authn.current_request());
revoke all on function requester_sees(uuid) from public;
grant execute on function requester_sees(uuid) to app_public;

-- A question merged into another is answered there; whoever asked it reads that reply, and nothing else of the other.
create function requester_follows(question uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    begin atomic
        with recursive followed as (
            select q.id, q.state, q.merged_into_id from public.question q
            where q.request_id = authn.current_request()
            union
            select q.id, q.state, q.merged_into_id from public.question q
            join followed f on f.state = 'merged' and q.id = f.merged_into_id)
        select exists (select from followed where id = question);
    end;
revoke all on function requester_follows(uuid) from public;
grant execute on function requester_follows(uuid) to app_public;

create function partner_sees(commission uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    return exists (select 1 from public.assignment a
                   where a.id = commission and a.partner_id = authn.current_partner());
revoke all on function partner_sees(uuid) from public;
grant execute on function partner_sees(uuid) to app_partner;

create function partner_answers(answer uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    return exists (select 1 from public.answer a where a.id = answer and a.partner_id = authn.current_partner());
revoke all on function partner_answers(uuid) from public;
grant execute on function partner_answers(uuid) to app_partner;

do $$
declare fenced text;
begin
    foreach fenced in array array[
        'request', 'question', 'question_point', 'message', 'reply', 'reply_pin', 'recall',
        'assignment', 'assignment_point', 'assignment_message', 'answer', 'answer_point', 'source', 'revision',
        'review_comment', 'partner_organisation', 'researcher', 'reminder']
    loop
        execute format('alter table %I enable row level security', fenced);
        execute format('alter table %I force row level security', fenced);
        execute format('create policy house on %I to terrain_owner, app_desk, app_worker '
                       'using (true) with check (true)', fenced);
    end loop;
end $$;

create policy own on request to app_public using (id = authn.current_request());
create policy ask on request for insert to app_public with check (erased_at is null);
create policy own on question to app_public using (request_id = authn.current_request());
create policy ask on question for insert to app_public with check (state = 'received');
create policy own on question_point for select to app_public using (requester_sees(question_id));
create policy own on message to app_public using (requester_sees(question_id));
create policy own on reply for select to app_public using (requester_follows(question_id));
create policy own on reply_pin for select to app_public
    using (exists (select 1 from reply r where r.id = reply_id and requester_follows(r.question_id)));
create policy own on recall for select to app_public using (requester_follows(question_id));

create policy own on assignment to app_partner using (partner_id = authn.current_partner());
create policy own on assignment_point for select to app_partner using (partner_sees(assignment_id));
create policy own on assignment_message to app_partner using (partner_sees(assignment_id));
create policy own on answer to app_partner using (partner_id = authn.current_partner())
    with check (partner_id = authn.current_partner() and partner_sees(assignment_id));
create policy own on answer_point to app_partner using (partner_answers(answer_id));
create policy own on source to app_partner using (partner_answers(answer_id));
create policy own on revision to app_partner using (partner_answers(answer_id))
    with check (partner_id = authn.current_partner() and partner_answers(answer_id));
create policy own on review_comment for select to app_partner using (partner_answers(answer_id));
create policy own on partner_organisation to app_partner using (id = authn.current_partner());
create policy own on researcher for select to app_partner using (partner_id = authn.current_partner());
create policy oneself on researcher for update to app_partner using (id = authn.current_researcher());
create policy own on reminder to app_partner using (partner_sees(object_id) or partner_answers(object_id));

-- What a requester may know of the research: a word and a date, for what they follow only.
create function requester_progress(question uuid) returns table (stage text, expected date)
    language sql stable security definer set search_path = pg_catalog, public
    begin atomic
        select case
                   when bool_or(a.state in ('accepted', 'completed') and w.state in ('submitted', 'accepted'))
                       then 'checked'
                   when bool_or(a.state in ('offered', 'accepted')) then 'researched'
                   else 'read'
               end,
               coalesce(max(a.requester_date) filter (where a.state in ('accepted', 'completed')), q.promised_by)
        from public.question q
        left join public.assignment a on a.question_id = q.id
        left join public.answer w on w.assignment_id = a.id
        where q.id = question and public.requester_follows(question)
        group by q.id;
    end;
revoke all on function requester_progress(uuid) from public;
grant execute on function requester_progress(uuid) to app_public;

-- A requester deletes everything about the request; what was published stays, since it says nothing of them.
create function forget_request(at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, public
    begin atomic
        delete from public.message where question_id in
            (select q.id from public.question q where q.request_id = authn.current_request());
        delete from public.question_point where question_id in
            (select q.id from public.question q where q.request_id = authn.current_request());
        update public.reply set text_shared = null where question_id in
            (select q.id from public.question q where q.request_id = authn.current_request());
        update public.question set original_sealed = null, override_sealed = null, decline_shared = null,
            place = null, urgency_reason = null
            where request_id = authn.current_request();
        update public.request set contact_sealed = null, code_hash = null, erased_at = at
            where id = authn.current_request();
        update authn.session set revoked_at = at where account_id = authn.current_request() and revoked_at is null;
    end;
revoke all on function forget_request(timestamptz) from public;
grant execute on function forget_request(timestamptz) to app_public;
