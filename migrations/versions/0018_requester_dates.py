"""The queue asks which assignments still promise a day to come: an index of those days."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_assignment_requester_date",
        "assignment",
        ["requester_date", "question_id"],
        postgresql_where=sa.text("state in ('accepted', 'completed')"),
    )


def downgrade() -> None:
    op.drop_index("ix_assignment_requester_date", "assignment")
