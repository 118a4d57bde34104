"""Pauses of the clocks, the first ladder of a question, letters that somebody saw to."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.get_bind().connection.cursor().execute((SQL / "0010_clock.sql").read_text())


def downgrade() -> None:
    op.get_bind().connection.cursor().execute((SQL / "0010_clock_down.sql").read_text())
