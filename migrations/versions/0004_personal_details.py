"""Questions know how many possible personal details their text has; those that came in before do not."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("personal_details", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("question", "personal_details")
