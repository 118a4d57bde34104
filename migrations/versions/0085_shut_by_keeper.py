"""Who shut a researcher's account is remembered: a keeper opens again only whom a keeper shut."""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
BEFORE = "0027_keepers.sql"
CHANGED = ("invite_colleague_again", "shut_colleague")


def upgrade() -> None:
    op.add_column(
        "researcher", sa.Column("shut_by_keeper", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("""
        update researcher r set shut_by_keeper = true
        where not r.active and 'researcher' = (
            select e.actor_kind from event e where e.object_id = r.id and e.kind = 'researcher.deactivate'
            order by e.at desc limit 1)""")
    op.execute("grant select (shut_by_keeper) on researcher to app_partner")
    _run((SQL / "0085_shut_by_keeper.sql").read_text())


def downgrade() -> None:
    before = (SQL / BEFORE).read_text()
    for name in CHANGED:
        found = re.search(rf"create function authn\.{name}\(.*?\n\$\$;\n", before, re.DOTALL)
        if found is None:
            raise RuntimeError(f"authn.{name} is not where it was")
        _run(found[0].replace("create function", "create or replace function", 1))
    op.drop_column("researcher", "shut_by_keeper")


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
