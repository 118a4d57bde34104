"""Each site writes and announces the history that it makes: its kinds, about its own people's rows, signed, and now."""

from pathlib import Path

from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    _run((SQL / "0086_own_history.sql").read_text())


def downgrade() -> None:
    _run((SQL / "0086_down.sql").read_text())


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
