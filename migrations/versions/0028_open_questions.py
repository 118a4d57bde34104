"""Indexes of open questions, oldest first, for the queue, and of all by when they came, for the table of freshness."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_question_open",
        "question",
        ["received_at", "id"],
        postgresql_where=sa.text("state in ('received', 'clarification_asked', 'triaged')"),
    )
    op.create_index("ix_question_received", "question", ["received_at"])


def downgrade() -> None:
    op.drop_index("ix_question_received", "question")
    op.drop_index("ix_question_open", "question")
