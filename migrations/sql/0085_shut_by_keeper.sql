-- A keeper opens again whom a keeper shut; an account that the desk shut is opened by the desk alone.

create or replace function authn.invite_colleague_again(
  p_digest bytea, p_since timestamptz, p_account uuid, p_seen timestamptz, p_link bytea, p_now timestamptz,
  p_expires timestamptz
) returns text
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  known text;
begin
  perform from public.researcher r join authn.keeper(p_digest, p_now, p_since) k using (partner_id)
  where r.id = p_account and r.id <> k.account_id and (r.active or r.shut_by_keeper) for update of r;
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

create or replace function authn.shut_colleague(p_digest bytea, p_account uuid, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  own uuid;
begin
  select k.partner_id into own from authn.keeper(p_digest, p_now, '-infinity') k;
  perform from public.researcher r where r.partner_id = own and (r.keeps_accounts or r.id = p_account)
  order by r.id for update;
  update public.researcher r set active = false, shut_by_keeper = true
  from authn.keeper(p_digest, p_now, '-infinity') k
  where r.id = p_account and r.partner_id = k.partner_id and r.id <> k.account_id and r.active;
  if not found then
    return false;
  end if;
  perform authn.shut_account(p_account, p_now);
  return true;
end
$$;
