"""Renewing the second factor or the recovery codes asks for the password."""

import re
from pathlib import Path

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
BEFORE = "0034_own_login.sql"
MADE = {
    "renew_recovery_codes": "bytea, timestamptz, bytea, bytea[], timestamptz",
    "renew_factor": "bytea, timestamptz, bytea, bytea, bigint, timestamptz",
}


def upgrade() -> None:
    _run((SQL / "0051_password_asked.sql").read_text())


def downgrade() -> None:
    for name, arguments in MADE.items():
        _run(f"drop function authn.{name}({arguments})")
        found = re.search(rf"create function authn\.{name}\(.*?\n\$\$;\n", (SQL / BEFORE).read_text(), re.DOTALL)
        if found is None:
            raise RuntimeError(f"authn.{name} is not where it was")
        _run(found[0])
        _run(f"revoke all on function authn.{name} from public")
        _run(f"grant execute on function authn.{name} to app_partner")


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
