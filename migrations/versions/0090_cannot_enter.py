"""Work goes to staff who can enter: the desk and the worker ask whether an account has no log-in that works yet."""

from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

CANNOT_ENTER = """
-- Whether this account was invited and never took the link, or was shut and not opened again.
create function authn.cannot_enter(p_account uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select exists (select from authn.credential c where c.account_id = p_account and not c.active)
$$;
revoke all on function authn.cannot_enter from public;
grant execute on function authn.cannot_enter to app_desk, app_worker;
"""


def upgrade() -> None:
    op.get_bind().connection.cursor().execute(CANNOT_ENTER)


def downgrade() -> None:
    op.execute("drop function authn.cannot_enter(uuid)")
