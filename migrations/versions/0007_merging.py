"""Merging: the last day to take questions apart, and what whoever follows another's question keeps reading."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.add_column("question", sa.Column("unmerge_by", sa.Date(), nullable=True))
    op.create_index(
        "ix_question_merged_into",
        "question",
        ["merged_into_id"],
        postgresql_where=sa.text("merged_into_id is not null"),
    )
    op.get_bind().connection.cursor().execute((SQL / "0007_merging.sql").read_text())


def downgrade() -> None:
    op.get_bind().connection.cursor().execute((SQL / "0007_down.sql").read_text())
    op.drop_index("ix_question_merged_into", "question")
    op.drop_column("question", "unmerge_by")
