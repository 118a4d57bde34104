-- The log-in schema: its tables are out of every site's reach; these functions are the only doors.

grant usage on schema authn to app_public, app_desk, app_partner, app_worker;

create function authn.current_session() returns bytea
    language sql stable set search_path = pg_catalog
    return decode(nullif(current_setting('terrain.session', true), ''), 'hex');

create function authn.current_partner() returns uuid
    language sql stable security definer set search_path = pg_catalog, authn, public
    return (select r.partner_id from authn.session s join public.researcher r on r.id = s.account_id
            where s.digest = authn.current_session() and s.site = 'portal' and s.level = 'full'
              and s.revoked_at is null and s.expires_at > now() and r.active);

create function authn.current_request() returns uuid
    language sql stable security definer set search_path = pg_catalog, authn, public
    return (select s.account_id from authn.session s
            where s.digest = authn.current_session() and s.site = 'public' and s.level = 'full'
              and s.revoked_at is null and s.expires_at > now());
