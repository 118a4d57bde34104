"""People end one of their sessions, and renew their second factor and recovery codes."""

import re
from pathlib import Path

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
MADE = (
    "was_ended(bytea, text, interval)",
    "renew_recovery_codes(bytea, timestamptz, bytea[], timestamptz)",
    "renew_factor(bytea, timestamptz, bytea, bigint, timestamptz)",
    "end_one_session(bytea, text, timestamptz)",
    "sessions_of(bytea, timestamptz, interval)",
    "handle_of(bytea)",
)
BEFORE = (("0002_authn.sql", "sessions_of"), ("0019_caseload.sql", "renew_session"))


def upgrade() -> None:
    _run((SQL / "0034_own_login.sql").read_text())


def downgrade() -> None:
    for function in MADE:
        _run(f"drop function authn.{function};")
    for file, name in BEFORE:
        found = re.search(rf"create function authn\.{name}\(.*?\n\$\$;\n", (SQL / file).read_text(), re.DOTALL)
        if found is None:
            raise RuntimeError(f"authn.{name} is not where it was")
        _run(found[0].replace("create function", "create or replace function"))
    _run("revoke all on function authn.sessions_of from public")
    _run("grant execute on function authn.sessions_of to app_desk, app_partner, app_counsellor")


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
