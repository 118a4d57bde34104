"""A translation is an excerpt bound to a version of its original."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

FLAT = ("published_excerpt", "published_version")


def upgrade() -> None:
    op.add_column("excerpt", sa.Column("source_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk_excerpt_source_id"), "excerpt", "excerpt", ["source_id"], ["id"], deferrable=True, initially="DEFERRED"
    )
    op.create_index("ix_excerpt_source", "excerpt", ["source_id", "language"], unique=True)
    op.add_column("excerpt_version", sa.Column("source_number", sa.SmallInteger()))
    for table in FLAT:
        op.add_column(table, sa.Column("source_ref", sa.Text()))
        op.add_column(table, sa.Column("source_number", sa.SmallInteger()))
    op.create_index(
        "ix_published_excerpt_source", "published_excerpt", ["source_ref"], postgresql_where=sa.text("source_ref is not null")
    )


def downgrade() -> None:
    op.drop_index("ix_published_excerpt_source", "published_excerpt")
    for table in FLAT:
        op.drop_column(table, "source_number")
        op.drop_column(table, "source_ref")
    op.drop_column("excerpt_version", "source_number")
    op.drop_index("ix_excerpt_source", "excerpt")
    op.drop_constraint(op.f("fk_excerpt_source_id"), "excerpt", type_="foreignkey")
    op.drop_column("excerpt", "source_id")
