-- Takes the counsellors' fences down again; what they share with requesters goes back to what it was afterwards.
do $$
declare p record;
begin
    for p in select tablename, policyname from pg_policies where roles = '{app_counsellor}' loop
        execute format('drop policy %I on %I', p.policyname, p.tablename);
    end loop;
end $$;
drop policy ask on request;
create policy ask on request for insert to app_public with check (erased_at is null);
drop function requester_state(uuid);
drop function requester_story(uuid[], text);
drop function forget_request(uuid, timestamptz);
drop function authn.factor_held(bytea, timestamptz);
drop function authn.renew_session(bytea, bigint, bytea, timestamptz);
revoke all on all tables in schema public from app_counsellor;
revoke all on all functions in schema public, authn from app_counsellor;
revoke all on schema public, authn from app_counsellor;

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
    select held.account_id, r.partner_id, coalesce(s.name, r.name), coalesce(s.language, r.language), s.roles, s.single_keys
    from (select) as one
    left join public.staff s on p_site = 'desk' and s.id = held.account_id
    left join public.researcher r on p_site = 'portal' and r.id = held.account_id;
end
$$;
