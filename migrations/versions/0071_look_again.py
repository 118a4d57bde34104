"""Since when somebody says that a reply holds although a text of it was corrected or taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("recall", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_recall_open", "recall", ["question_id"], postgresql_where="settled_at is null")


def downgrade() -> None:
    op.drop_index("ix_recall_open", table_name="recall")
    op.drop_column("recall", "settled_at")
