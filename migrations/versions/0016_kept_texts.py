"""Every saved text of an excerpt is kept: the desk adds them and reads them, nobody changes one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "excerpt_kept_text",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["excerpt_version.id"], name=op.f("fk_excerpt_kept_text_version_id"), deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("version_id", "row_version", name=op.f("pk_excerpt_kept_text")),
    )  # fmt: skip
    op.execute("grant select, insert on excerpt_kept_text to app_desk")


def downgrade() -> None:
    op.drop_table("excerpt_kept_text")
