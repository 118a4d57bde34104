-- Another app and new recovery codes ask for the password too: whoever comes upon a browser that somebody has just signed in
-- with knows none. What asks for a second factor alone is no longer there.

drop function authn.renew_factor(bytea, timestamptz, bytea, bigint, timestamptz);
create function authn.renew_factor(
  p_digest bytea, p_since timestamptz, p_verifier bytea, p_factor_sealed bytea, p_counter bigint, p_now timestamptz
) returns boolean
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  holder uuid;
begin
  update authn.credential c set factor_sealed = p_factor_sealed, factor_counter = p_counter
  from authn.standing(p_digest, 'full', p_now) s
  where c.account_id = s.account_id and c.active and c.verifier = p_verifier and s.created_at >= p_since
    and authn.serves(s.site)
  returning c.account_id into holder;
  if not found then
    return false;
  end if;
  update authn.session set revoked_at = p_now where account_id = holder and digest <> p_digest and revoked_at is null;
  return true;
end
$$;

drop function authn.renew_recovery_codes(bytea, timestamptz, bytea[], timestamptz);
create function authn.renew_recovery_codes(
  p_digest bytea, p_since timestamptz, p_verifier bytea, p_recovery_digests bytea[], p_now timestamptz
) returns boolean
language plpgsql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
declare
  holder uuid;
begin
  select c.account_id into holder
  from authn.standing(p_digest, 'full', p_now) s join authn.credential c on c.account_id = s.account_id
  where c.active and c.verifier = p_verifier and s.created_at >= p_since and authn.serves(s.site) for update of c;
  if not found then
    return false;
  end if;
  delete from authn.recovery_code where account_id = holder;
  insert into authn.recovery_code (digest, account_id) select code, holder from unnest(p_recovery_digests) as code;
  return true;
end
$$;

revoke all on function authn.renew_factor, authn.renew_recovery_codes from public;
grant execute on function authn.renew_factor, authn.renew_recovery_codes to app_partner;
