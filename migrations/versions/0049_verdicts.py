"""Whoever got an answer says once, some time later, whether it was right."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

JUDGE = """
-- Once for each reply that still stands, by whoever follows its question; not for one sent after p_since.
create function judge_reply(p_reply uuid, p_verdict text, p_since timestamptz, p_at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update public.reply r set verdict = p_verdict, judged_at = p_at
  where r.id = p_reply and r.verdict is null and r.stood_until is null and r.sent_at <= p_since
    and public.requester_follows(r.question_id);
  return found;
end
$$;
revoke all on function judge_reply from public;
grant execute on function judge_reply to app_public;
grant select (verdict) on reply to app_public, app_counsellor;
"""


def upgrade() -> None:
    op.add_column("reply", sa.Column("verdict", sa.Text()))
    op.add_column("reply", sa.Column("judged_at", sa.DateTime(timezone=True)))
    op.get_bind().connection.cursor().execute(JUDGE)


def downgrade() -> None:
    op.execute("drop function judge_reply")
    op.drop_column("reply", "judged_at")
    op.drop_column("reply", "verdict")
