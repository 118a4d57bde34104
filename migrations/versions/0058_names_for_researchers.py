"""Researchers read topics and countries in Spanish and Russian too. The release fills the names in from the data files."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

TABLES = ("region", "country", "topic", "facet")
LANGUAGES = ("es", "ru")


def upgrade() -> None:
    for table in TABLES:
        for language in LANGUAGES:
            op.add_column(table, sa.Column(f"name_{language}", sa.Text(), nullable=False, server_default=""))
            op.alter_column(table, f"name_{language}", server_default=None)


def downgrade() -> None:
    for table in TABLES:
        for language in LANGUAGES:
            op.drop_column(table, f"name_{language}")
