"""Editors comment in the margin of answers and excerpts; a comment for the partner says how its paragraph begins.

The portal has no grant on the margin: what is for the partner is copied to `review_comment` when the answer goes back.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _margin("answer_note", "answer", "answer_id", sa.Column("round", sa.SmallInteger(), nullable=False),
            sa.Column("for_partner", sa.Boolean(), nullable=False))  # fmt: skip
    _margin("excerpt_note", "excerpt_version", "version_id")
    op.add_column("review_comment", sa.Column("quote", sa.Text(), nullable=False, server_default=""))
    op.alter_column("review_comment", "quote", server_default=None)


def downgrade() -> None:
    op.drop_column("review_comment", "quote")
    op.drop_table("excerpt_note")
    op.drop_table("answer_note")


def _margin(table: str, target: str, column: str, *more: sa.Column) -> None:
    short = target.removeprefix("excerpt_")
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(column, sa.Uuid(), nullable=False),
        *more,
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("paragraph", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Uuid()),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("settled_by", sa.Uuid()),
        sa.ForeignKeyConstraint(
            [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_{short}", table, [column, "at"])
    op.execute(f"grant select, insert, update (settled_at, settled_by) on {table} to app_desk")
