"""Whoever asked several questions tells them apart by country and topic until their neutral texts are written."""

from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

ASKERS = ("app_public", "app_counsellor")


def upgrade() -> None:
    for site in ASKERS:
        op.execute(f"grant select (topics) on question to {site}")


def downgrade() -> None:
    for site in ASKERS:
        op.execute(f"revoke select (topics) on question from {site}")
