"""A partner who asked for more time and does not get it reads so: the day they asked for stays, beside the desk's no."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assignment", sa.Column("extension_refused", sa.Date(), nullable=True))
    op.execute("grant update (extension_refused) on assignment to app_partner")


def downgrade() -> None:
    op.drop_column("assignment", "extension_refused")
