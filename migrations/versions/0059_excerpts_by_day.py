"""The list of excerpts is read along its order, so that a page costs the same however many texts there are."""

from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

DAY = "(coalesce(valid_until, '0001-01-01'::date))"


def upgrade() -> None:
    op.execute(f"CREATE INDEX ix_excerpt_day ON excerpt ({DAY}, id) WHERE state <> 'archived'")
    op.execute(f"CREATE INDEX ix_excerpt_state_day ON excerpt (state, {DAY}, id)")


def downgrade() -> None:
    op.drop_index("ix_excerpt_state_day", table_name="excerpt")
    op.drop_index("ix_excerpt_day", table_name="excerpt")
