"""A neutral text may be written in another language than the question: the question knows in which."""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

ASKERS = ("app_public", "app_counsellor")


def upgrade() -> None:
    op.add_column("question", sa.Column("neutral_language", sa.Text(), nullable=True))
    op.execute("update question set neutral_language = language")
    op.alter_column("question", "neutral_language", nullable=False)
    for site in ASKERS:
        op.execute(f"grant select (neutral_language) on question to {site}")


def downgrade() -> None:
    op.drop_column("question", "neutral_language")
