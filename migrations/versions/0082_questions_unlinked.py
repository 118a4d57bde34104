"""Whoever files a question links it to none: the desk alone merges and splits, and a reply goes where the desk sent it."""

from pathlib import Path

from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    _run((SQL / "0082_unlinked.sql").read_text())


def downgrade() -> None:
    _run((SQL / "0082_down.sql").read_text())


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
