-- What people do about their own log-in: end one browser, renew the second factor and the recovery codes.

-- The handle names a session in its holder's list and is worth nothing anywhere else: it is a digest of the digest.
create function authn.handle_of(p_digest bytea) returns text
language sql immutable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select encode(substr(sha256(p_digest), 1, 16), 'hex')
$$;

-- The live sessions of the account that holds this one, the latest seen first.
drop function authn.sessions_of(bytea, timestamptz, interval);
create function authn.sessions_of(p_digest bytea, p_now timestamptz, p_idle interval)
returns table (handle text, created_at timestamptz, seen_at timestamptz, expires_at timestamptz, this_one boolean)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select authn.handle_of(t.digest), t.created_at, t.seen_at, t.expires_at, t.digest = p_digest
  from authn.standing(p_digest, 'full', p_now) s
  join authn.session t on t.account_id = s.account_id and t.site = s.site
  where t.level = 'full' and t.revoked_at is null and t.expires_at > p_now and t.seen_at > p_now - p_idle
    and authn.serves(s.site)
  order by t.seen_at desc, t.created_at desc
$$;

-- Ends one session of the account that holds this one.
create function authn.end_one_session(p_digest bytea, p_handle text, p_now timestamptz) returns boolean
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  with ended as (
    update authn.session t set revoked_at = p_now
    from authn.standing(p_digest, 'full', p_now) s
    where t.account_id = s.account_id and t.site = s.site and t.revoked_at is null and t.level = 'full'
      and authn.handle_of(t.digest) = p_handle and authn.serves(s.site)
    returning 1)
  select exists (select from ended)
$$;

-- A new second factor for the holder of a session that showed the old one since that moment; the other sessions end.
create function authn.renew_factor(
  p_digest bytea, p_since timestamptz, p_factor_sealed bytea, p_counter bigint, p_now timestamptz
) returns boolean
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  holder uuid;
begin
  update authn.credential c set factor_sealed = p_factor_sealed, factor_counter = p_counter
  from authn.standing(p_digest, 'full', p_now) s
  where c.account_id = s.account_id and c.active and s.created_at >= p_since and authn.serves(s.site)
  returning c.account_id into holder;
  if not found then
    return false;
  end if;
  update authn.session set revoked_at = p_now where account_id = holder and digest <> p_digest and revoked_at is null;
  return true;
end
$$;

-- New recovery codes for the holder of a session that showed a second factor since that moment; those before are void.
create function authn.renew_recovery_codes(
  p_digest bytea, p_since timestamptz, p_recovery_digests bytea[], p_now timestamptz
) returns boolean
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  holder uuid;
begin
  select c.account_id into holder
  from authn.standing(p_digest, 'full', p_now) s join authn.credential c on c.account_id = s.account_id
  where c.active and s.created_at >= p_since and authn.serves(s.site) for update of c;
  if not found then
    return false;
  end if;
  delete from authn.recovery_code where account_id = holder;
  insert into authn.recovery_code (digest, account_id) select code, holder from unnest(p_recovery_digests) as code;
  return true;
end
$$;

-- Whether this full session was ended while it was alive, by its holder or for them: then the browser is to keep nothing.
-- One that was left alone too long did not end like that: what was typed there waits for whoever comes back.
create function authn.was_ended(p_digest bytea, p_site text, p_idle interval) returns boolean
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select exists (
    select from authn.session s
    where s.digest = p_digest and s.site = p_site and s.level = 'full' and authn.serves(p_site)
      and s.revoked_at < least(s.seen_at + p_idle, s.expires_at))
$$;

-- The session goes on under a new digest, and the former one is unknown from then on. A time step works once.
create or replace function authn.renew_session(p_digest bytea, p_counter bigint, p_new_digest bytea, p_now timestamptz)
returns uuid
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  holder uuid;
begin
  update authn.credential c set factor_counter = p_counter
  from authn.standing(p_digest, 'full', p_now) s
  where c.account_id = s.account_id and c.active and c.factor_counter < p_counter and authn.serves(s.site);
  if not found then
    return null;
  end if;
  update authn.session set digest = p_new_digest, created_at = p_now, seen_at = p_now
  where digest = p_digest and revoked_at is null returning account_id into holder;
  return holder;
end
$$;

revoke all on function
  authn.sessions_of, authn.handle_of, authn.end_one_session, authn.renew_factor, authn.renew_recovery_codes, authn.was_ended
from public;
grant execute on function authn.sessions_of to app_desk, app_partner, app_counsellor;
grant execute on function
  authn.end_one_session, authn.renew_factor, authn.renew_recovery_codes, authn.was_ended
to app_partner;
