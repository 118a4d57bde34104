"""Questions that were split off another one of the same request."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("split_from_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_question_split_from_id",
        "question",
        "question",
        ["split_from_id"],
        ["id"],
        initially="DEFERRED",
        deferrable=True,
    )


def downgrade() -> None:
    op.drop_constraint("fk_question_split_from_id", "question", type_="foreignkey")
    op.drop_column("question", "split_from_id")
