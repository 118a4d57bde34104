"""A member of staff may turn single keys off; the log-in tells the desk with the rest of who is asking."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LIVE_SESSION = "authn.live_session(bytea, text, timestamptz, interval, interval)"


def upgrade() -> None:
    op.add_column("staff", sa.Column("single_keys", sa.Boolean(), server_default=sa.true(), nullable=False))
    replace_live_session("roles text[], single_keys boolean", "s.roles, s.single_keys")


def downgrade() -> None:
    replace_live_session("roles text[]", "s.roles")
    op.drop_column("staff", "single_keys")


def replace_live_session(gives: str, reads: str) -> None:
    """The same function with other columns at the end, which PostgreSQL takes for another one."""
    op.execute(f"drop function {LIVE_SESSION}")
    op.execute(f"""
create function authn.live_session(
  p_digest bytea, p_site text, p_now timestamptz, p_idle interval, p_touch interval
) returns table (account_id uuid, partner_id uuid, name text, language text, {gives})
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
    select held.account_id, r.partner_id, coalesce(s.name, r.name), coalesce(s.language, r.language), {reads}
    from (select) as one
    left join public.staff s on p_site = 'desk' and s.id = held.account_id
    left join public.researcher r on p_site = 'portal' and r.id = held.account_id;
end
$$""")
    op.execute(f"revoke all on function {LIVE_SESSION} from public")
    op.execute(f"grant execute on function {LIVE_SESSION} to app_public, app_desk, app_partner")
