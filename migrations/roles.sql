-- The log-ins and the database of Terrain, for a superuser of the server (PostgreSQL 15 or later).
-- Put six passwords in place of the <...> marks, then: psql -v ON_ERROR_STOP=1 -f roles.sql postgres
-- Running it again is harmless, and needed when an upgrade brings a new log-in: it sets the passwords anew.
-- Paragraphs are separated by one empty line; each holds one statement.

-- The owner of the tables: only the release step and the operator's commands log in with it.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'terrain_owner') THEN CREATE ROLE terrain_owner; END IF;
END $$;

ALTER ROLE terrain_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
  PASSWORD '<password of terrain_owner>';

-- It rewrites the tables out of which words were erased; a checkpoint then removes the old files.
GRANT pg_checkpoint TO terrain_owner;

-- One log-in for each process. What each may do is granted by the migrations, never here.
DO $$ DECLARE login text; BEGIN
  FOREACH login IN ARRAY ARRAY['app_public', 'app_desk', 'app_partner', 'app_counsellor', 'app_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN EXECUTE format('CREATE ROLE %I', login); END IF;
    EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS', login);
  END LOOP;
END $$;

ALTER ROLE app_public PASSWORD '<password of app_public>';

ALTER ROLE app_desk PASSWORD '<password of app_desk>';

ALTER ROLE app_partner PASSWORD '<password of app_partner>';

ALTER ROLE app_counsellor PASSWORD '<password of app_counsellor>';

ALTER ROLE app_worker PASSWORD '<password of app_worker>';

-- psql makes the database out of this line when it is not there yet.
SELECT 'CREATE DATABASE terrain OWNER terrain_owner TEMPLATE template0 ENCODING ''UTF8'''
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'terrain') \gexec

REVOKE ALL ON DATABASE terrain FROM PUBLIC;

GRANT CONNECT ON DATABASE terrain TO app_public, app_desk, app_partner, app_counsellor, app_worker;
