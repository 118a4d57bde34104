"""Where it could do harm, a text is still true when two editors say so: what the first one said is a row."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

STATES = ("proposed", "agreed", "refused", "taken_back", "lapsed")


def upgrade() -> None:
    op.create_table(
        "excerpt_confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("excerpt_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"state in {STATES}", name=op.f("ck_excerpt_confirmation_state")),
        sa.ForeignKeyConstraint(
            ["excerpt_id"], ["excerpt.id"], name=op.f("fk_excerpt_confirmation_excerpt_id"),
            deferrable=True, initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excerpt_confirmation")),
    )  # fmt: skip
    op.create_index("ix_excerpt_confirmation_excerpt", "excerpt_confirmation", ["excerpt_id", "at"])
    op.create_index(
        "ix_excerpt_confirmation_proposed", "excerpt_confirmation", ["excerpt_id"], unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )  # fmt: skip
    op.execute("grant select, insert, update on excerpt_confirmation to app_desk")
    op.execute("grant select, update (state, version) on excerpt_confirmation to app_worker")
    op.add_column("verification", sa.Column("agreed_by_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("verification", "agreed_by_id")
    op.drop_table("excerpt_confirmation")
