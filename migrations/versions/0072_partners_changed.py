"""A partner organisation is changed by people, two of them at once perhaps: it counts its versions."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("partner_organisation", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("partner_organisation", "version", server_default=None)


def downgrade() -> None:
    op.drop_column("partner_organisation", "version")
