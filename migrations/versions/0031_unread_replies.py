"""A question that was triaged goes back to where it was when its asker replies; the desk still has the reply to read."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("asked_after_triage", sa.Boolean(), nullable=True))
    op.add_column("question", sa.Column("reply_unread_since", sa.DateTime(timezone=True), nullable=True))
    op.execute("""
        update question set asked_after_triage = (
            select event.from_state = 'triaged' from event
            where event.object_id = question.id and event.kind = 'question.ask_clarification'
            order by event.at desc limit 1)
        where state = 'clarification_asked'""")
    for site in ("app_public", "app_counsellor"):
        op.execute(f"grant select (asked_after_triage), update (reply_unread_since) on question to {site}")


def downgrade() -> None:
    op.drop_column("question", "reply_unread_since")
    op.drop_column("question", "asked_after_triage")
