"""When the public row of a text last changed, so that feeds, the list of retractions and Last-Modified tell the truth.

For what is there already nobody knows better than: not before it was published, and what was taken back, today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("published_excerpt", sa.Column("changed_on", sa.Date()))
    op.execute("update published_excerpt set changed_on = case when listed then published_on else current_date end")
    op.alter_column("published_excerpt", "changed_on", nullable=False)
    op.create_index("ix_published_excerpt_changed", "published_excerpt", ["changed_on"])
    op.create_index(
        "ix_published_excerpt_taken_back", "published_excerpt", ["changed_on", "ref"],
        postgresql_where=sa.text("not listed"),
    )
    op.create_index(
        "ix_published_version_corrections", "published_version", ["published_on", "ref", "number"],
        postgresql_where=sa.text("change = 'correction' and not retracted"),
    )


def downgrade() -> None:
    op.drop_index("ix_published_version_corrections", "published_version")
    op.drop_column("published_excerpt", "changed_on")
