-- What an attack with the portal's own credentials could still reach: history in other people's names, user names of others,
-- and the planner's figures about words of others.

-- A researcher's history names that researcher, and no question but those their organisation works on.
create function partner_recorded(happened uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    return exists (select 1 from public.event e where e.id = happened and e.actor_id = authn.current_researcher());
revoke all on function partner_recorded(uuid) from public;
grant execute on function partner_recorded(uuid) to app_partner;

alter table event enable row level security;
alter table event force row level security;
create policy house on event to terrain_owner, app_desk, app_worker using (true) with check (true);
create policy others on event for insert to app_public, app_counsellor with check (true);
create policy own on event for insert to app_partner with check (
    actor_kind = 'researcher' and actor_id = authn.current_researcher()
    and (question_id is null or exists (select 1 from assignment a where a.question_id = event.question_id)));

alter table outbox enable row level security;
alter table outbox force row level security;
create policy house on outbox to terrain_owner, app_desk, app_worker using (true) with check (true);
create policy others on outbox for insert to app_public, app_counsellor with check (true);
create policy own on outbox for insert to app_partner with check (partner_recorded(event_id));

-- A name that nobody has gets a salt too, always the same one, and the cost that most accounts of the site have: whoever asks,
-- with a form or with the site's credentials, cannot tell it from a name that somebody has.
create table authn.decoy (secret bytea not null, constraint pk_decoy primary key (secret));
insert into authn.decoy (secret) values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
revoke all on authn.decoy from public, app_public, app_desk, app_partner, app_counsellor, app_worker;

create or replace function authn.salt_of(p_site text, p_login text) returns table (salt bytea, parameters text)
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select coalesce(c.salt, substr(sha256(d.secret || convert_to(p_site || ' ' || p_login, 'UTF8')), 1, 16)),
    coalesce(c.parameters, usual.parameters)
  from authn.decoy d
  cross join (
    select mode() within group (order by k.parameters) as parameters from authn.credential k where k.site = p_site
  ) usual
  left join authn.credential c on c.site = p_site and c.login = p_login and c.salt is not null
  where authn.serves(p_site)
$$;

-- The planner guesses how many rows a word fits from samples of all rows, hidden ones too, and EXPLAIN tells. There are no
-- samples of the words and codes that the portal may read; keys, dates and the state, by which the house looks for rows, keep theirs.
do $$
declare
    c record;
begin
    for c in
        select a.attrelid::regclass as place, a.attname
        from pg_attribute a join pg_class t on t.oid = a.attrelid
        where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and t.relforcerowsecurity
            and a.attnum > 0 and not a.attisdropped and a.attname <> 'state'
            and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype)
            and has_column_privilege('app_partner', a.attrelid, a.attnum, 'select')
    loop
        execute format('alter table %s alter column %I set statistics 0', c.place, c.attname);
    end loop;
end $$;
