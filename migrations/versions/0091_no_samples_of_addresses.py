"""The planner keeps no samples of the addresses that accounts had before: they are erased, and leave the files then."""

from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table former_address alter column address set statistics 0")


def downgrade() -> None:
    op.execute("alter table former_address alter column address set statistics -1")
