-- A fourth site: counsellors with an account and a caseload of the requests they filed for others.
-- The counsellor's id is written when a request is filed and nobody but the desk changes it: no site can take a request over.

grant usage on schema public, authn to app_counsellor;
grant select on region, country, topic, facet, heartbeat to app_counsellor;
grant insert on event, outbox to app_counsellor;
grant select on published_excerpt, published_version to app_counsellor;
grant insert on request, question, message to app_counsellor;
grant select (id, channel, language, requester_kind, consent_version, consented_at, code_key_version, submission_id,
              received_at, erased_at, counsellor_id, label_sealed)
    on request to app_counsellor;
grant update (label_sealed, code_hash, code_key_version) on request to app_counsellor;
grant select (id, request_id, number, state, version, language, country, received_at, triage_by, promised_by,
              clarification_asked_at, clarification_closes_at, closes_at, decline_reason, decline_shared, merged_into_id,
              closed_at)
    on question to app_counsellor;
grant update (state, version, triage_by, promised_by, clarification_asked_at, clarification_closes_at, closes_at, closed_at)
    on question to app_counsellor;
grant insert on reminder to app_counsellor;
grant select on question_point to app_counsellor;
grant select (id, question_id, direction, to_requester_shared, at) on message to app_counsellor;
grant select (id, question_id, language, text_shared, from_database, sent_at) on reply to app_counsellor;
grant select on reply_pin, recall to app_counsellor;
grant select, insert, update on counsellor to app_desk;
grant select on counsellor to app_worker;

-- Logging in: the doors that are there, one site more -------------------------------------------------------------------

create or replace function authn.serves(p_site text) returns boolean
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select case session_user::text
    when 'app_public' then p_site = 'public'
    when 'app_desk' then p_site = 'desk'
    when 'app_partner' then p_site = 'portal'
    when 'app_counsellor' then p_site = 'caseload'
    else true
  end
$$;

create or replace function authn.is_welcome(p_site text, p_account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select case p_site
    when 'desk' then exists (select from public.staff s where s.id = p_account and s.active)
    when 'portal' then exists (
      select from public.researcher r join public.partner_organisation o on o.id = r.partner_id
      where r.id = p_account and r.active and o.active)
    when 'caseload' then exists (select from public.counsellor c where c.id = p_account and c.active)
    when 'public' then exists (select from public.request q where q.id = p_account and q.code_hash is not null)
    else false
  end
$$;

create or replace function authn.live_session(
  p_digest bytea, p_site text, p_now timestamptz, p_idle interval, p_touch interval
) returns table (account_id uuid, partner_id uuid, name text, language text, roles text[], single_keys boolean)
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  held authn.session;
begin
  select * into held from authn.standing(p_digest, 'full', p_now) s
  where s.site = p_site and s.seen_at > p_now - p_idle and authn.serves(p_site);
  if not found then
    return;
  end if;
  if held.seen_at <= p_now - p_touch and current_setting('transaction_read_only') = 'off' then
    update authn.session t set seen_at = p_now
    where t.digest = (select u.digest from authn.session u where u.digest = p_digest for no key update skip locked);
  end if;
  return query
    select held.account_id, r.partner_id, coalesce(s.name, r.name, c.name), coalesce(s.language, r.language, c.language),
      s.roles, s.single_keys
    from (select) as one
    left join public.staff s on p_site = 'desk' and s.id = held.account_id
    left join public.researcher r on p_site = 'portal' and r.id = held.account_id
    left join public.counsellor c on p_site = 'caseload' and c.id = held.account_id;
end
$$;

create or replace function authn.make_invitation(
  p_account uuid, p_site text, p_login text, p_digest bytea, p_now timestamptz, p_expires timestamptz
) returns boolean
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
begin
  if p_site not in ('desk', 'portal', 'caseload') or not authn.is_welcome(p_site, p_account) then
    return false;
  end if;
  insert into authn.credential (account_id, site, login, factor_counter, active)
  values (p_account, p_site, p_login, 0, false) on conflict do nothing;
  if not exists (select from authn.credential c where c.account_id = p_account and c.site = p_site) then
    return false;
  end if;
  update authn.invitation set revoked_at = p_now where account_id = p_account and used_at is null and revoked_at is null;
  insert into authn.invitation (digest, account_id, site, expires_at) values (p_digest, p_account, p_site, p_expires);
  return true;
end
$$;

grant execute on function
  authn.salt_of, authn.begin_session, authn.factor_of, authn.pass_factor, authn.pass_recovery, authn.change_password,
  authn.sessions_of, authn.end_all_sessions, authn.account_of, authn.look_at_invitation, authn.take_invitation,
  authn.live_session, authn.end_session, authn.wait_until, authn.failed, authn.forgive, authn.knows
to app_counsellor;

-- The second factor once more, for what a stolen session must not do ----------------------------------------------------

-- The sealed secret of whoever holds this full session, and when a factor was last shown for it.
create function authn.factor_held(p_digest bytea, p_now timestamptz)
returns table (account_id uuid, factor_sealed bytea, shown_at timestamptz)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select c.account_id, c.factor_sealed, s.created_at
  from authn.standing(p_digest, 'full', p_now) s join authn.credential c on c.account_id = s.account_id
  where c.active and authn.serves(s.site)
$$;

-- Ends a full session and begins another under a new digest, which ends when the first would have. A time step works once.
create function authn.renew_session(p_digest bytea, p_counter bigint, p_new_digest bytea, p_now timestamptz) returns uuid
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  held authn.session;
begin
  update authn.credential c set factor_counter = p_counter
  from authn.standing(p_digest, 'full', p_now) s
  where c.account_id = s.account_id and c.active and c.factor_counter < p_counter and authn.serves(s.site);
  if not found then
    return null;
  end if;
  update authn.session set revoked_at = p_now where digest = p_digest and revoked_at is null returning * into held;
  if not found then
    return null;
  end if;
  insert into authn.session (digest, site, account_id, level, created_at, seen_at, expires_at)
  values (p_new_digest, held.site, held.account_id, 'full', p_now, p_now, held.expires_at);
  return held.account_id;
end
$$;

revoke all on function authn.factor_held, authn.renew_session from public;
grant execute on function authn.factor_held, authn.renew_session to app_counsellor;

-- Row security: whoever asked is whoever typed the code, or the counsellor whose caseload it is in -----------------------

create function authn.current_counsellor() returns uuid
language sql stable parallel safe security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select s.account_id from authn.standing(authn.asking(), 'full', now()) s where s.site = 'caseload'
$$;
revoke all on function authn.current_counsellor from public;
grant execute on function authn.current_counsellor to app_counsellor;

-- Each site has its own way of asking: a session of one is worth nothing on the other.
create function authn.asks(p_request uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select case session_user::text
    when 'app_public' then coalesce(p_request = authn.current_request(), false)
    when 'app_counsellor' then exists (
      select from public.request r where r.id = p_request and r.counsellor_id = authn.current_counsellor())
    else false
  end
$$;
revoke all on function authn.asks from public;

create or replace function requester_sees(question uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    return exists (select 1 from public.question q where q.id = question and authn.asks(q.request_id));

create or replace function requester_follows(question uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    begin atomic
        with recursive came as (
            select q.id, q.request_id from public.question q where q.id = question
            union
            select q.id, q.request_id from public.question q
            join came c on q.merged_into_id = c.id and q.state = 'merged')
        select exists (select from came where authn.asks(came.request_id));
    end;

-- The state of a question, or of the one it was merged into.
create function requester_state(question uuid) returns text
    language sql stable security definer set search_path = pg_catalog, public
    begin atomic
        with recursive walk as (
            select q.state, q.merged_into_id, array[q.id] as passed from public.question q
            where q.id = question and authn.asks(q.request_id)
            union all
            select q.state, q.merged_into_id, w.passed || q.id from walk w join public.question q on q.id = w.merged_into_id
            where w.state = 'merged' and q.id <> all (w.passed))
        select walk.state from walk order by cardinality(walk.passed) desc limit 1;
    end;

drop function requester_story(text);
create function requester_story(questions uuid[], zone text) returns table (
    question uuid, followed uuid, state text, stage text, expected date, read_on date, researched_on date, checked_on date)
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

drop function forget_request(timestamptz);
create function forget_request(forgotten uuid, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not authn.asks(forgotten) then  -- asked once: what follows ends the session that asks
    return;
  end if;
  delete from public.message where question_id in (select q.id from public.question q where q.request_id = forgotten);
  delete from public.internal_note where question_id in
    (select q.id from public.question q where q.request_id = forgotten);
  delete from public.question_point
    where question_id in (select q.id from public.question q where q.request_id = forgotten);
  update public.reply r set text_shared = null  -- a reply goes with the last of those who read it
    where exists (
        select from public.question q
        where q.request_id = forgotten and (q.id = r.question_id or q.merged_into_id = r.question_id))
      and not exists (
        select from public.question q join public.request o on o.id = q.request_id
        where o.erased_at is null and o.id <> forgotten
          and (q.id = r.question_id or (q.merged_into_id = r.question_id and q.state = 'merged')));
  update public.question set original_sealed = null, override_sealed = null, decline_shared = null, place = null,
    urgency_reason = null where request_id = forgotten;
  update public.request set contact_sealed = null, code_hash = null, label_sealed = null, erased_at = at
    where id = forgotten;
  update authn.session set revoked_at = at where account_id = forgotten and site = 'public' and revoked_at is null;
end
$$;

revoke all on function requester_state, requester_story, forget_request from public;
grant execute on function requester_state to app_counsellor;
grant execute on function requester_story, forget_request to app_public;
grant execute on function
    requester_sees, requester_follows, requester_progress, requester_story, forget_request to app_counsellor;

drop policy ask on request;
create policy ask on request for insert to app_public with check (erased_at is null and counsellor_id is null);
create policy caseload on request to app_counsellor using (counsellor_id = authn.current_counsellor());
create policy caseload on question to app_counsellor
    using (request_id in (select r.id from request r where r.counsellor_id = authn.current_counsellor()));
create policy caseload on question_point for select to app_counsellor using (requester_sees(question_id));
create policy caseload on message to app_counsellor using (requester_sees(question_id));
create policy caseload on reply for select to app_counsellor using (requester_follows(question_id));
create policy caseload on reply_pin for select to app_counsellor
    using (exists (select 1 from reply r where r.id = reply_id and requester_follows(r.question_id)));
create policy caseload on reminder for insert to app_counsellor
    with check (ladder = 'question.triage');
create policy caseload on recall for select to app_counsellor using (requester_follows(question_id));
