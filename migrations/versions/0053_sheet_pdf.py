"""Editions keep a PDF beside their Word file. Those published before have none; it is made when somebody asks for it."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("published_edition", sa.Column("pdf", sa.LargeBinary(), nullable=True))
    op.add_column("published_edition", sa.Column("pdf_size", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("published_edition", "pdf_size")
    op.drop_column("published_edition", "pdf")
