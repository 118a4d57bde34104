"""A published text says how it was indexed; the words of published texts are kept to guess what was typed wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

GRANTS = (
    "grant select on published_word to app_public, app_counsellor",
    "grant select, insert, delete on published_word to app_desk, app_worker",
)


def upgrade() -> None:
    op.add_column("published_excerpt", sa.Column("analysis", sa.SmallInteger(), nullable=False, server_default="0"))
    op.alter_column("published_excerpt", "analysis", server_default=None)
    op.create_table(
        "published_word",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("holes", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_published_word")),
    )
    op.create_index("ix_published_word_holes", "published_word", ["holes"], postgresql_using="gin")
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    op.drop_table("published_word")
    op.drop_column("published_excerpt", "analysis")
