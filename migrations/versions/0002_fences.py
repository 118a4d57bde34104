"""Grants, log-in functions and row security for the four site roles."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
ROLES = ("app_public", "app_desk", "app_partner", "app_worker")


def upgrade() -> None:
    refuse_without_roles()
    for name in ("0002_authn.sql", "0002_fences.sql", "0002_following.sql"):
        op.get_bind().connection.cursor().execute((SQL / name).read_text())


def downgrade() -> None:
    op.get_bind().connection.cursor().execute((SQL / "0002_down.sql").read_text())


def refuse_without_roles() -> None:
    """A migration grants; it never makes log-ins, which need an administrator of the server."""
    known = set(op.get_bind().scalars(sa.text("select rolname from pg_roles")))
    missing = [role for role in ROLES if role not in known]
    if missing:
        raise RuntimeError(f"these database roles are missing: {', '.join(missing)}; `make roles` prints how to make them")
