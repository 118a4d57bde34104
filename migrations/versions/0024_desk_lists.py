"""Lists of the desk that stay as fast while more and more is over: indexes for them."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLE = "assignment"


def upgrade() -> None:
    op.create_index(
        "ix_assignment_closed", TABLE, ["closed_at", "number"], postgresql_where=sa.text("closed_at is not null")
    )
    op.create_index(
        "ix_assignment_punctuality",
        TABLE,
        ["partner_id", "submit_by"],
        postgresql_where=sa.text("state in ('accepted', 'completed')"),
    )
    op.create_index(
        "ix_assignment_experience",
        TABLE,
        ["topics"],
        postgresql_using="gin",
        postgresql_where=sa.text("state = 'completed'"),
    )
    op.create_index(
        "ix_assignment_ask_again",
        TABLE,
        ["proposed_partner_id", "ask_again_after"],
        postgresql_where=sa.text("ask_again_after is not null"),
    )


def downgrade() -> None:
    for name in ("ask_again", "experience", "punctuality", "closed"):
        op.drop_index(f"ix_assignment_{name}", TABLE)
