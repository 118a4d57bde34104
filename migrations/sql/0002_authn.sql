-- The doors of schema authn. No site has a grant on its tables; each may call just the functions it needs.
-- Every function runs as the owner with a pinned search_path (pg_temp named last, or a temporary table would come first).
-- Tokens, codes and verifiers arrive as SHA-256 digests; the moment and the limits arrive as arguments.

create schema if not exists authn;

revoke all on schema authn from public;

revoke all on all tables in schema authn from public, app_public, app_desk, app_partner, app_worker;

grant usage on schema authn to app_public, app_desk, app_partner, app_worker;

-- Inner functions: granted to nobody ----------------------------------------------------------------------------------

-- Whether the log-in that is connected serves this site: the portal's process cannot even try a password of the desk.
create function authn.serves(p_site text) returns boolean
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select case session_user::text
    when 'app_public' then p_site = 'public'
    when 'app_desk' then p_site = 'desk'
    when 'app_partner' then p_site = 'portal'
    else true
  end
$$;

-- Whether the person (or the request) behind an account may still come in.
create function authn.is_welcome(p_site text, p_account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select case p_site
    when 'desk' then exists (select from public.staff s where s.id = p_account and s.active)
    when 'portal' then exists (
      select from public.researcher r join public.partner_organisation o on o.id = r.partner_id
      where r.id = p_account and r.active and o.active)
    when 'public' then exists (select from public.request q where q.id = p_account and q.code_hash is not null)
    else false
  end
$$;

-- The session of that digest, when it is of that level, neither ended nor past its end, and its holder is welcome.
create function authn.standing(p_digest bytea, p_level text, p_now timestamptz) returns setof authn.session
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select s.* from authn.session s
  where s.digest = p_digest and s.level = p_level and s.revoked_at is null and s.expires_at > p_now
    and authn.is_welcome(s.site, s.account_id)
$$;

-- The digest that the present transaction asks with; null when none was set or it is no digest.
create function authn.asking() returns bytea
language sql stable parallel safe security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select case when current_setting('terrain.session', true) ~ '^[0-9a-f]{64}$'
    then decode(current_setting('terrain.session', true), 'hex') end
$$;

-- Ends a half session and begins a full one under a new digest. Null when the half session was ended meanwhile.
create function authn.promote(p_half bytea, p_digest bytea, p_now timestamptz, p_expires timestamptz) returns uuid
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  with half as (
    update authn.session set revoked_at = p_now
    where digest = p_half and level = 'password' and revoked_at is null
    returning site, account_id)
  insert into authn.session (digest, site, account_id, level, created_at, seen_at, expires_at)
  select p_digest, half.site, half.account_id, 'full', p_now, p_now, p_expires from half
  returning account_id
$$;

-- Logging in ----------------------------------------------------------------------------------------------------------

create function authn.salt_of(p_site text, p_login text) returns table (salt bytea, parameters text)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select c.salt, c.parameters from authn.credential c
  where c.site = p_site and c.login = p_login and c.salt is not null and authn.serves(p_site)
$$;

-- First step: the password. Begins a half session and gives the account; null for every kind of no.
create function authn.begin_session(
  p_site text, p_login text, p_verifier bytea, p_digest bytea, p_now timestamptz, p_valid interval
) returns uuid
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  insert into authn.session (digest, site, account_id, level, created_at, seen_at, expires_at)
  select p_digest, c.site, c.account_id, 'password', p_now, p_now, p_now + p_valid
  from authn.credential c
  where c.site = p_site and c.login = p_login and c.active and c.verifier = p_verifier
    and authn.serves(p_site) and authn.is_welcome(c.site, c.account_id)
  returning account_id
$$;

-- The sealed second-factor secret, for the holder of a live half session alone.
create function authn.factor_of(p_digest bytea, p_now timestamptz) returns table (account_id uuid, factor_sealed bytea)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select c.account_id, c.factor_sealed
  from authn.standing(p_digest, 'password', p_now) s join authn.credential c on c.account_id = s.account_id
  where c.active and authn.serves(s.site)
$$;

-- Second step: a time step newer than the last one used. The update locks the row, so a replay finds it used.
create function authn.pass_factor(
  p_digest bytea, p_counter bigint, p_new_digest bytea, p_now timestamptz, p_expires timestamptz
) returns uuid
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
begin
  update authn.credential c set factor_counter = p_counter
  from authn.standing(p_digest, 'password', p_now) s
  where c.account_id = s.account_id and c.active and c.factor_counter < p_counter and authn.serves(s.site);
  if not found then
    return null;
  end if;
  return authn.promote(p_digest, p_new_digest, p_now, p_expires);
end
$$;

-- Second step with a recovery code, each of which works once.
create function authn.pass_recovery(
  p_digest bytea, p_code_digest bytea, p_new_digest bytea, p_now timestamptz, p_expires timestamptz
) returns uuid
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
begin
  update authn.recovery_code r set used_at = p_now
  from authn.standing(p_digest, 'password', p_now) s
  where r.digest = p_code_digest and r.account_id = s.account_id and r.used_at is null and authn.serves(s.site);
  if not found then
    return null;
  end if;
  return authn.promote(p_digest, p_new_digest, p_now, p_expires);
end
$$;

-- A new password (or a new cost) for the holder of a live session who shows the old one; other sessions end.
create function authn.change_password(
  p_digest bytea, p_old_verifier bytea, p_salt bytea, p_parameters text, p_verifier bytea, p_now timestamptz
) returns boolean
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  holder uuid;
begin
  update authn.credential c set salt = p_salt, parameters = p_parameters, verifier = p_verifier
  from (select * from authn.standing(p_digest, 'full', p_now)
        union all select * from authn.standing(p_digest, 'password', p_now)) s
  where c.account_id = s.account_id and c.active and c.verifier = p_old_verifier and authn.serves(s.site)
  returning c.account_id into holder;
  if not found then
    return false;
  end if;
  update authn.session set revoked_at = p_now
  where account_id = holder and digest <> p_digest and revoked_at is null;
  return true;
end
$$;

-- Sessions ------------------------------------------------------------------------------------------------------------

-- Who holds this full session of this site, if it is live and was not idle for too long. Notes that it was seen, at
-- most every p_touch, and never waits for another request that does the same.
create function authn.live_session(
  p_digest bytea, p_site text, p_now timestamptz, p_idle interval, p_touch interval
) returns table (account_id uuid, partner_id uuid, name text, language text, roles text[])
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
    select held.account_id, r.partner_id, coalesce(s.name, r.name), coalesce(s.language, r.language), s.roles
    from (select) as one
    left join public.staff s on p_site = 'desk' and s.id = held.account_id
    left join public.researcher r on p_site = 'portal' and r.id = held.account_id;
end
$$;

create function authn.end_session(p_digest bytea, p_now timestamptz) returns void
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  update authn.session set revoked_at = p_now where digest = p_digest and revoked_at is null and authn.serves(site)
$$;

-- Ends every session of the account that holds this one, this one too; gives their number.
create function authn.end_all_sessions(p_digest bytea, p_now timestamptz) returns integer
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  with ended as (
    update authn.session t set revoked_at = p_now
    from authn.standing(p_digest, 'full', p_now) s
    where t.account_id = s.account_id and t.site = s.site and t.revoked_at is null and authn.serves(s.site)
    returning 1)
  select count(*)::integer from ended
$$;

-- The live sessions of the account that holds this one, the latest seen first.
create function authn.sessions_of(p_digest bytea, p_now timestamptz, p_idle interval)
returns table (created_at timestamptz, seen_at timestamptz, expires_at timestamptz, this_one boolean)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select t.created_at, t.seen_at, t.expires_at, t.digest = p_digest
  from authn.standing(p_digest, 'full', p_now) s
  join authn.session t on t.account_id = s.account_id and t.site = s.site
  where t.level = 'full' and t.revoked_at is null and t.expires_at > p_now and t.seen_at > p_now - p_idle
    and authn.serves(s.site)
  order by t.seen_at desc, t.created_at desc
$$;

-- The name the holder of a live session logs in with, and how many recovery codes are left.
create function authn.account_of(p_digest bytea, p_now timestamptz) returns table (login text, codes_left integer)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select c.login,
    (select count(*)::integer from authn.recovery_code r where r.account_id = c.account_id and r.used_at is null)
  from authn.standing(p_digest, 'full', p_now) s join authn.credential c on c.account_id = s.account_id
  where authn.serves(s.site)
$$;

-- Who is asking: for row security, on the database's own time -----------------------------------------------------------

create function authn.current_researcher() returns uuid
language sql stable parallel safe security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select s.account_id from authn.standing(authn.asking(), 'full', now()) s where s.site = 'portal'
$$;

create function authn.current_partner() returns uuid
language sql stable parallel safe security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select r.partner_id from public.researcher r where r.id = authn.current_researcher()
$$;

create function authn.current_request() returns uuid
language sql stable parallel safe security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select s.account_id from authn.standing(authn.asking(), 'full', now()) s where s.site = 'public'
$$;

-- A session for whoever typed the receipt code of a request; null for every kind of no.
create function authn.open_request(p_code_hash bytea, p_digest bytea, p_now timestamptz, p_expires timestamptz)
returns uuid
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  insert into authn.session (digest, site, account_id, level, created_at, seen_at, expires_at)
  select p_digest, 'public', q.id, 'full', p_now, p_now, p_expires
  from public.request q where q.code_hash = p_code_hash and authn.serves('public')
  returning account_id
$$;

-- Invitations ---------------------------------------------------------------------------------------------------------

-- A one-use link for an account, and the place of its credential if it has none yet. Links made before stop working.
-- False when the name is taken on that site or the account is unknown there.
create function authn.make_invitation(
  p_account uuid, p_site text, p_login text, p_digest bytea, p_now timestamptz, p_expires timestamptz
) returns boolean
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
begin
  if p_site not in ('desk', 'portal') or not authn.is_welcome(p_site, p_account) then
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

create function authn.look_at_invitation(p_digest bytea, p_site text, p_now timestamptz)
returns table (account_id uuid, login text)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select i.account_id, c.login
  from authn.invitation i join authn.credential c on c.account_id = i.account_id and c.site = i.site
  where i.digest = p_digest and i.site = p_site and i.used_at is null and i.revoked_at is null and i.expires_at > p_now
    and authn.serves(p_site) and authn.is_welcome(i.site, i.account_id)
$$;

-- Uses an invitation: sets password, second factor and recovery codes, and ends all sessions and other links of the
-- account. Of many at once exactly one gets the account; the others null.
create function authn.take_invitation(
  p_digest bytea, p_site text, p_salt bytea, p_parameters text, p_verifier bytea, p_factor_sealed bytea,
  p_counter bigint, p_recovery_digests bytea[], p_now timestamptz
) returns uuid
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  holder uuid;
begin
  update authn.invitation i set used_at = p_now
  where i.digest = p_digest and i.site = p_site and i.used_at is null and i.revoked_at is null and i.expires_at > p_now
    and authn.serves(p_site) and authn.is_welcome(i.site, i.account_id)
  returning i.account_id into holder;
  if not found then
    return null;
  end if;
  update authn.credential
  set salt = p_salt, parameters = p_parameters, verifier = p_verifier,
    factor_sealed = p_factor_sealed, factor_counter = p_counter, active = true
  where account_id = holder;
  delete from authn.recovery_code where account_id = holder;
  insert into authn.recovery_code (digest, account_id) select code, holder from unnest(p_recovery_digests) as code;
  update authn.invitation set revoked_at = p_now where account_id = holder and used_at is null and revoked_at is null;
  update authn.session set revoked_at = p_now where account_id = holder and revoked_at is null;
  return holder;
end
$$;

-- Shuts an account at once: sessions, links and credential. Only a new invitation opens it again.
create function authn.shut_account(p_account uuid, p_now timestamptz) returns void
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  update authn.credential set active = false where account_id = p_account;
  update authn.invitation set revoked_at = p_now where account_id = p_account and used_at is null and revoked_at is null;
  update authn.session set revoked_at = p_now where account_id = p_account and revoked_at is null;
$$;

-- What the desk may know of log-ins: the name, whether it works, and whether a link is waiting.
create function authn.standing_of(p_accounts uuid[], p_now timestamptz)
returns table (account_id uuid, login text, active boolean, invited_until timestamptz, seen_at timestamptz)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select c.account_id, c.login, c.active,
    (select max(i.expires_at) from authn.invitation i
     where i.account_id = c.account_id and i.used_at is null and i.revoked_at is null and i.expires_at > p_now),
    (select max(s.seen_at) from authn.session s where s.account_id = c.account_id and s.level = 'full')
  from authn.credential c where c.account_id = any (p_accounts)
$$;

-- Slowing down --------------------------------------------------------------------------------------------------------

-- The moment before which a name may not try again; null when it may now.
create function authn.wait_until(
  p_name bytea, p_now timestamptz, p_free integer, p_base_s float8, p_longest_s float8, p_forget_s float8
) returns timestamptz
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select ready.at
  from authn.throttle t,
    lateral (select t.last_at + make_interval(secs =>
      least(p_longest_s, p_base_s * 2 ^ least(t.failures - p_free, 30))) as at) as ready
  where t.name = p_name and t.failures >= p_free and t.last_at > p_now - make_interval(secs => p_forget_s)
    and ready.at > p_now
$$;

-- Counts a try as failed before its outcome is known, so that many at once cannot slip past; `forgive` takes it back.
-- Gives the moment to wait for, and then counts nothing; null when the try may go ahead.
create function authn.failed(
  p_name bytea, p_now timestamptz, p_free integer, p_base_s float8, p_longest_s float8, p_forget_s float8
) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  ready timestamptz;
begin
  insert into authn.throttle (name, failures, last_at) values (p_name, 0, p_now) on conflict do nothing;
  perform from authn.throttle where name = p_name for update;
  ready := authn.wait_until(p_name, p_now, p_free, p_base_s, p_longest_s, p_forget_s);
  if ready is null then
    update authn.throttle
    set failures = case when last_at > p_now - make_interval(secs => p_forget_s) then failures else 0 end + 1,
      last_at = greatest(last_at, p_now)
    where name = p_name;
  end if;
  return ready;
end
$$;

-- Takes back one failure, or all of them.
create function authn.forgive(p_name bytea, p_all boolean, p_now timestamptz) returns void
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  insert into authn.throttle as t (name, failures, last_at) values (p_name, 0, p_now)
  on conflict (name) do update
  set failures = case when p_all then 0 else greatest(t.failures - 1, 0) end, last_at = greatest(t.last_at, p_now)
$$;

-- Whether a name was ever counted or forgiven (and not yet tidied away).
create function authn.knows(p_name bytea) returns boolean
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select exists (select from authn.throttle t where t.name = p_name)
$$;

-- Upkeep --------------------------------------------------------------------------------------------------------------

-- Deletes what ended before that moment; gives the number of rows.
create function authn.tidy(p_before timestamptz) returns integer
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  with
    s as (delete from authn.session where least(expires_at, revoked_at) < p_before returning 1),
    i as (delete from authn.invitation where least(expires_at, used_at, revoked_at) < p_before returning 1),
    t as (delete from authn.throttle where last_at < p_before returning 1)
  select ((select count(*) from s) + (select count(*) from i) + (select count(*) from t))::integer
$$;

-- Who may call what ---------------------------------------------------------------------------------------------------

revoke all on all functions in schema authn from public;

grant execute on function
  authn.salt_of, authn.begin_session, authn.factor_of, authn.pass_factor, authn.pass_recovery, authn.change_password,
  authn.sessions_of, authn.end_all_sessions, authn.account_of, authn.look_at_invitation, authn.take_invitation
to app_desk, app_partner;

grant execute on function
  authn.live_session, authn.end_session, authn.wait_until, authn.failed, authn.forgive, authn.knows
to app_public, app_desk, app_partner;

grant execute on function authn.current_partner, authn.current_researcher, authn.current_request
to app_public, app_desk, app_partner, app_worker;

grant execute on function authn.open_request to app_public;

grant execute on function authn.make_invitation, authn.shut_account, authn.standing_of to app_desk;

grant execute on function authn.tidy to app_worker;
