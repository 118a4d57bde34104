"""A page that covers itself leaves its session as if nobody had been there for long."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

LEAVE = """
create function authn.leave_session(p_digest bytea, p_site text, p_now timestamptz, p_idle interval) returns void
language sql security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  update authn.session set seen_at = least(seen_at, p_now - p_idle)
  where digest = p_digest and site = p_site and level = 'full' and revoked_at is null and authn.serves(p_site)
$$;
revoke all on function authn.leave_session from public;
grant execute on function authn.leave_session to app_partner;
"""


def upgrade() -> None:
    op.get_bind().connection.cursor().execute(LEAVE)


def downgrade() -> None:
    op.execute("drop function authn.leave_session(bytea, text, timestamptz, interval)")
