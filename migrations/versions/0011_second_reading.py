"""A second person's reading of a neutral text with a rare combination: who, when, which text."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_reading",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_second_reading_question_id"),
            deferrable=True, initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_second_reading")),
    )  # fmt: skip
    op.execute("grant select, insert, update on second_reading to app_desk")


def downgrade() -> None:
    op.drop_table("second_reading")
