"""The portal's log-in makes the moves of a partner and no editor's: what is accepted, said or due elsewhere stays so."""

from pathlib import Path

from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    _run((SQL / "0083_partner_moves.sql").read_text())


def downgrade() -> None:
    _run((SQL / "0083_down.sql").read_text())


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
