"""That nothing is to be done about personal data in a text is said by two editors: who said so first is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

BEFORE, SINCE = "'received', 'checking', 'closed'", "'received', 'checking', 'cleared', 'closed'"


def upgrade() -> None:
    op.add_column("reader_report", sa.Column("cleared_by", sa.Uuid(), nullable=True))
    _allow(SINCE)


def downgrade() -> None:
    op.execute("update reader_report set state = 'received' where state = 'cleared'")
    _allow(BEFORE)
    op.drop_column("reader_report", "cleared_by")


def _allow(states: str) -> None:
    name = op.f("ck_reader_report_state")
    op.drop_constraint(name, "reader_report")
    op.create_check_constraint(name, "reader_report", f"state in ({states})")
