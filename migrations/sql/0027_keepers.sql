-- One or more researchers of an organisation keep its accounts: they invite, invite again and shut colleagues in the portal.
-- The portal's log-in gets no right on a table for it. Each function looks at the live session, and those that make a link
-- also at when a second factor was last shown within it.

grant select (keeps_accounts) on researcher to app_partner;

drop function authn.live_session(bytea, text, timestamptz, interval, interval);
create function authn.live_session(
  p_digest bytea, p_site text, p_now timestamptz, p_idle interval, p_touch interval
) returns table (
  account_id uuid, partner_id uuid, name text, language text, roles text[], single_keys boolean, keeps_accounts boolean)
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
      s.roles, s.single_keys, r.keeps_accounts
    from (select) as one
    left join public.staff s on p_site = 'desk' and s.id = held.account_id
    left join public.researcher r on p_site = 'portal' and r.id = held.account_id
    left join public.counsellor c on p_site = 'caseload' and c.id = held.account_id;
end
$$;
revoke all on function authn.live_session from public;
grant execute on function authn.live_session to app_public, app_desk, app_partner, app_counsellor;

grant execute on function authn.factor_held, authn.renew_session to app_partner;

-- Whoever holds this session and keeps the accounts of their organisation; a second factor was shown since that moment.
create function authn.keeper(p_digest bytea, p_now timestamptz, p_since timestamptz)
returns table (account_id uuid, partner_id uuid)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select r.id, r.partner_id
  from authn.standing(p_digest, 'full', p_now) s join public.researcher r on r.id = s.account_id
  where s.site = 'portal' and authn.serves('portal') and r.keeps_accounts and s.created_at >= p_since
$$;

-- What a keeper may know of the log-ins of their own organisation.
create function authn.colleagues_of(p_digest bytea, p_now timestamptz)
returns table (account_id uuid, login text, active boolean, invited_until timestamptz, seen_at timestamptz)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select t.account_id, t.login, t.active, t.invited_until, t.seen_at
  from authn.standing_of(
    array(select r.id from public.researcher r join authn.keeper(p_digest, p_now, '-infinity') k using (partner_id)),
    p_now) t
$$;

-- A new colleague of a keeper and their link; gives the user name, null for every kind of no. Four figures end the name, so
-- that nobody learns from a refusal which names other organisations have.
create function authn.invite_colleague(
  p_digest bytea, p_since timestamptz, p_account uuid, p_name text, p_email text, p_language text, p_stem text,
  p_link bytea, p_now timestamptz, p_expires timestamptz
) returns text
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  chosen text;
begin
  insert into public.researcher (id, name, email, language, timezone, active, keeps_accounts, partner_id)
  select p_account, p_name, p_email, p_language, o.timezone, true, false, o.id
  from authn.keeper(p_digest, p_now, p_since) k join public.partner_organisation o on o.id = k.partner_id;
  if not found then
    return null;
  end if;
  for attempt in 1..50 loop
    chosen := p_stem || '-' || lpad(floor(random() * 10000)::integer::text, 4, '0');
    if authn.make_invitation(p_account, 'portal', chosen, p_link, p_now, p_expires) then
      return chosen;
    end if;
  end loop;
  raise exception 'no user name is free';
end
$$;

-- A new link for a colleague, whose account is open again; gives the user name, null for every kind of no, and when
-- somebody made or used a link since the keeper looked (p_seen: until when a link was waiting then).
create function authn.invite_colleague_again(
  p_digest bytea, p_since timestamptz, p_account uuid, p_seen timestamptz, p_link bytea, p_now timestamptz,
  p_expires timestamptz
) returns text
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  known text;
begin
  perform from public.researcher r join authn.keeper(p_digest, p_now, p_since) k using (partner_id)
  where r.id = p_account and r.id <> k.account_id for update of r;
  if not found then
    return null;
  end if;
  select t.login into known from authn.standing_of(array[p_account], p_now) t
  where t.invited_until is not distinct from p_seen;
  if not found then
    return null;
  end if;
  update public.researcher set active = true where id = p_account;
  if not authn.make_invitation(p_account, 'portal', known, p_link, p_now, p_expires) then
    return null;
  end if;
  return known;
end
$$;

-- Shuts a colleague's account at once, never one's own, so that somebody is left who keeps the accounts. The keepers are
-- locked in one order first: of two who shut each other, the first wins and the second is no keeper any more.
create function authn.shut_colleague(p_digest bytea, p_account uuid, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  own uuid;
begin
  select k.partner_id into own from authn.keeper(p_digest, p_now, '-infinity') k;
  perform from public.researcher r where r.partner_id = own and (r.keeps_accounts or r.id = p_account)
  order by r.id for update;
  update public.researcher r set active = false from authn.keeper(p_digest, p_now, '-infinity') k
  where r.id = p_account and r.partner_id = k.partner_id and r.id <> k.account_id and r.active;
  if not found then
    return false;
  end if;
  perform authn.shut_account(p_account, p_now);
  return true;
end
$$;

revoke all on function
  authn.keeper, authn.colleagues_of, authn.invite_colleague, authn.invite_colleague_again, authn.shut_colleague
from public;
grant execute on function
  authn.colleagues_of, authn.invite_colleague, authn.invite_colleague_again, authn.shut_colleague
to app_partner;
