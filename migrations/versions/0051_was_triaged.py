"""A question knows whether its neutral text stood the test once: it comes back to where it was, from wherever it is."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

ASKERS = ("app_public", "app_counsellor")


def upgrade() -> None:
    op.add_column("question", sa.Column("was_triaged", sa.Boolean(), nullable=False, server_default="false"))
    op.alter_column("question", "was_triaged", server_default=None)
    op.execute("""
        update question set was_triaged = true
        where state in ('triaged', 'answered')
           or state = 'clarification_asked' and asked_after_triage
           or state not in ('received', 'clarification_asked') and exists (
               select from event where event.object_id = question.id and event.to_state = 'triaged')""")
    op.execute("""
        delete from reminder where ladder = 'question.triage'
        and object_id in (select id from question where state in ('declined', 'closed'))""")
    for site in ASKERS:
        op.execute(f"grant select (was_triaged) on question to {site}")
    op.drop_column("question", "asked_after_triage")


def downgrade() -> None:
    op.add_column("question", sa.Column("asked_after_triage", sa.Boolean(), nullable=True))
    op.execute("update question set asked_after_triage = was_triaged where state = 'clarification_asked'")
    for site in ASKERS:
        op.execute(f"grant select (asked_after_triage) on question to {site}")
    op.drop_column("question", "was_triaged")
