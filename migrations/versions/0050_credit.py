"""Published texts name the organisations that agreed to be named. Those published before name nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TABLES = ("published_excerpt", "published_version")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("credit", sa.ARRAY(sa.Text()), nullable=False, server_default="{}"))
        op.alter_column(table, "credit", server_default=None)


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "credit")
