"""Sensitive topics need two approvals: a mark on the topic, and one row for each yes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("topic", sa.Column("sensitive", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("topic", "sensitive", server_default=None)
    op.create_table(
        "excerpt_approval",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("editor_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["excerpt_version.id"], name=op.f("fk_excerpt_approval_version_id"),
            deferrable=True, initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("version_id", "editor_id", name=op.f("pk_excerpt_approval")),
    )  # fmt: skip
    op.execute("grant select, insert, update, delete on excerpt_approval to app_desk")
    op.execute("grant select on excerpt_approval to app_worker")


def downgrade() -> None:
    op.drop_table("excerpt_approval")
    op.drop_column("topic", "sensitive")
