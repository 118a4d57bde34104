"""Whoever takes an invitation is told by letter: the database notes it, so that no site can leave it out."""

import re
from pathlib import Path

from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

BEFORE = Path(__file__).parents[1] / "sql" / "0002_authn.sql"
LAST = "  return holder;\n"
TOLD = """
  with happened as (
    insert into public.event (id, kind, object_kind, object_id, actor_kind, actor_id, codes, at)
    select gen_random_uuid(), account.kind || '.set_up', account.kind, holder, account.kind, holder, '{}', p_now
    from (values ('desk', 'staff'), ('portal', 'researcher'), ('caseload', 'counsellor')) as account (site, kind)
    where account.site = p_site
    returning id
  )
  insert into public.outbox (event_id, at) select id, p_now from happened;
"""


def upgrade() -> None:
    taking = _taking()
    if taking.count(LAST) != 1:
        raise RuntimeError("authn.take_invitation ends otherwise")
    _run(taking.replace(LAST, f"{TOLD}{LAST}"))


def downgrade() -> None:
    _run(_taking())


def _taking() -> str:
    """The function as it was; whoever may call it keeps the right to."""
    found = re.search(r"create (function authn\.take_invitation\(.*?\n\$\$;\n)", BEFORE.read_text(), re.DOTALL)
    if found is None:
        raise RuntimeError("authn.take_invitation is not where it was")
    return f"create or replace {found[1]}"


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
