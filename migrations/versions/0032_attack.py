"""History in one's own name only, salts for names nobody has, and no samples of other people's words."""

import re
from pathlib import Path

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
FENCED = ("event", "outbox")


def upgrade() -> None:
    _run((SQL / "0032_attack.sql").read_text())


def downgrade() -> None:
    """Samples stay off: they come back with the columns' next definition."""
    before = re.search(r"create function authn\.salt_of\(.*?\n\$\$;\n", (SQL / "0002_authn.sql").read_text(), re.DOTALL)
    if before is None:
        raise RuntimeError("authn.salt_of is not where it was")
    _run(before[0].replace("create function", "create or replace function"))
    _run("drop table authn.decoy")
    for table in FENCED:
        for policy in ("house", "others", "own"):
            _run(f"drop policy {policy} on {table}")
        _run(f"alter table {table} no force row level security")
        _run(f"alter table {table} disable row level security")
    _run("drop function partner_recorded(uuid)")


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
