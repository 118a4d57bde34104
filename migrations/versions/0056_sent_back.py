"""A second person may send a neutral text back to its writers; the question knows who did, so that the queue says it."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("sent_back_by", sa.Uuid(), nullable=True))
    op.add_column("second_reading", sa.Column("sent_back", sa.Boolean(), nullable=False, server_default="false"))
    op.alter_column("second_reading", "sent_back", server_default=None)
    op.execute("grant select (reader_id, at, sent_back) on second_reading to app_worker")


def downgrade() -> None:
    op.execute("revoke select (reader_id, at) on second_reading from app_worker")
    op.execute("delete from second_reading where sent_back")
    op.drop_column("second_reading", "sent_back")
    op.drop_column("question", "sent_back_by")
