"""A page that saves by itself is known again: a save whose reply was lost on the way is no conflict with itself."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("answer", sa.Column("saved_page", sa.Uuid()))
    op.add_column("answer", sa.Column("saved_turn", sa.Integer()))


def downgrade() -> None:
    op.drop_column("answer", "saved_turn")
    op.drop_column("answer", "saved_page")
