"""Texts can be walked in the order in which they changed, however many changed on one day."""

from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None
INDEX, TABLE = "ix_published_excerpt_changed", "published_excerpt"


def upgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, ["changed_on", "ref"])


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, ["changed_on"])
