"""Researchers who keep the accounts of their organisation."""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
MADE = (
    "shut_colleague(bytea, uuid, timestamptz)",
    "invite_colleague_again(bytea, timestamptz, uuid, timestamptz, bytea, timestamptz, timestamptz)",
    "invite_colleague(bytea, timestamptz, uuid, text, text, text, text, bytea, timestamptz, timestamptz)",
    "colleagues_of(bytea, timestamptz)",
    "keeper(bytea, timestamptz, timestamptz)",
    "live_session(bytea, text, timestamptz, interval, interval)",
)


def upgrade() -> None:
    op.add_column(
        "researcher", sa.Column("keeps_accounts", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _run((SQL / "0027_keepers.sql").read_text())


def downgrade() -> None:
    """The session comes back as it was told before; accounts that colleagues made stay."""
    for function in MADE:
        _run(f"drop function authn.{function};")
    before = re.search(
        r"create or replace function authn\.live_session\(.*?\n\$\$;\n", (SQL / "0019_caseload.sql").read_text(), re.DOTALL
    )
    if before is None:
        raise RuntimeError("authn.live_session is not where it was")
    _run(before[0])
    _run("revoke all on function authn.live_session from public")
    _run("grant execute on function authn.live_session to app_public, app_desk, app_partner, app_counsellor")
    _run("revoke execute on function authn.factor_held, authn.renew_session from app_partner")
    op.drop_column("researcher", "keeps_accounts")


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
