"""A question keeps which published texts somebody looked at before it was commissioned; those commissioned need none."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("matched", sa.ARRAY(sa.Text()), nullable=True))
    op.create_index("ix_question_country", "question", ["country", "received_at"])
    op.execute(
        "update question set matched = '{}' where exists"
        " (select from assignment where assignment.question_id = question.id)"
    )


def downgrade() -> None:
    op.drop_index("ix_question_country", "question")
    op.drop_column("question", "matched")
