"""Members of staff say until when they are away."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("away_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("staff", "away_until")
