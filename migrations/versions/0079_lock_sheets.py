"""The clock locks the row it reminds of; for a sheet that takes the right to write one of its columns."""

from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("grant update (review_on) on country_sheet to app_worker")


def downgrade() -> None:
    op.execute("revoke update (review_on) on country_sheet from app_worker")
