"""Receipt codes can be shown again, replaced and burnt by whoever came in with them."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

CODES = """
-- What the code of the request that is followed was made from; null when it was made elsewhere and is not kept.
create function code_seed() returns uuid
    language sql stable security definer set search_path = pg_catalog, public
    begin atomic
        select coalesce(r.code_seed, case when r.channel = 'web' then r.submission_id end)
        from public.request r where r.id = authn.current_request() and r.code_hash is not null;
    end;

-- Of several at once exactly one replaces the code; what else was opened with the old one ends.
create function replace_code(p_hash bytea, p_key_version smallint, p_seed uuid, p_seen uuid, p_at timestamptz)
returns boolean
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  asking uuid := authn.current_request();
begin
  update public.request r set code_hash = p_hash, code_key_version = p_key_version, code_seed = p_seed
  where r.id = asking and r.code_hash is not null
    and coalesce(r.code_seed, case when r.channel = 'web' then r.submission_id end) is not distinct from p_seen;
  if not found then
    return false;
  end if;
  update authn.session s set revoked_at = p_at
  where s.account_id = asking and s.site = 'public' and s.revoked_at is null and s.digest <> authn.asking();
  return true;
end
$$;

create function burn_code(p_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  asking uuid := authn.current_request();
begin
  update public.request set code_hash = null, code_seed = null, contact_sealed = null where id = asking;
  update authn.session set revoked_at = p_at where account_id = asking and site = 'public' and revoked_at is null;
end
$$;

revoke all on function code_seed, replace_code, burn_code from public;
grant execute on function code_seed, replace_code, burn_code to app_public;
grant update (code_seed) on request to app_counsellor;
"""


def upgrade() -> None:
    op.add_column("request", sa.Column("code_seed", sa.Uuid()))
    op.get_bind().connection.cursor().execute(CODES)


def downgrade() -> None:
    op.execute("drop function code_seed, replace_code, burn_code")
    op.drop_column("request", "code_seed")
