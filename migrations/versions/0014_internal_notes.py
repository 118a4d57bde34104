"""Internal notes: for officers alone, sealed, erased with the request."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.create_table(
        "internal_note",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_internal_note"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name="fk_internal_note_question_id", initially="DEFERRED", deferrable=True
        ),
    )
    op.create_index("ix_internal_note_question", "internal_note", ["question_id", "at"])
    op.get_bind().connection.cursor().execute((SQL / "0014_internal_notes.sql").read_text())


def downgrade() -> None:
    op.get_bind().connection.cursor().execute((SQL / "0014_down.sql").read_text())
    op.drop_index("ix_internal_note_question", "internal_note")
    op.drop_table("internal_note")
