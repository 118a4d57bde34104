-- Takes the fences down again: policies, functions, grants. Tables and rows stay.
do $$
declare p record;
begin
    for p in select schemaname, tablename, policyname from pg_policies where schemaname = 'public' loop
        execute format('drop policy %I on %I', p.policyname, p.tablename);
        execute format('alter table %I no force row level security', p.tablename);
        execute format('alter table %I disable row level security', p.tablename);
    end loop;
    for p in select n.nspname, o.proname, pg_get_function_identity_arguments(o.oid) as arguments from pg_proc o
             join pg_namespace n on n.oid = o.pronamespace
             where n.nspname in ('authn', 'public') and pg_get_userbyid(o.proowner) = current_user loop
        execute format('drop function if exists %I.%I(%s) cascade', p.nspname, p.proname, p.arguments);
    end loop;
end $$;
revoke all on all tables in schema public from app_public, app_desk, app_partner, app_worker;
revoke all on all sequences in schema public from app_public, app_desk, app_partner, app_worker;
revoke all on schema authn, public from app_public, app_desk, app_partner, app_worker;
grant usage on schema public to public;
