"""The clock erases what was typed and never sent, some time after the task ended."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

SAID_OF_SOURCE = "label, assessment_who, assessment_what, assessment_how, assessment_why, assessment_when"
GRANTS = (
    ("select (answer_id), delete", "answer_point"),
    ("select (answer_id), delete", "answer_price"),
    (f"select (id, answer_id), update ({SAID_OF_SOURCE}), delete", "source"),
    ("select (id, answer_id), update (label, reach), delete", "answer_contact"),
    ("select (answer_id)", "kept_draft"),
    ("delete", "attachment"),
)
LISTS = ("answer_price", "answer_contact")
"""Those that the clock had nothing to do with so far."""


def upgrade() -> None:
    op.add_column("answer", sa.Column("unsent_erased_at", sa.DateTime(timezone=True), nullable=True))
    for table in LISTS:
        op.execute(f"alter policy house on {table} to terrain_owner, app_desk, app_worker")
    for rights, table in GRANTS:
        op.execute(f"grant {rights} on {table} to app_worker")
    # Sealed too: what is erased must not be left in the samples of the planner.
    op.execute("alter table source alter column identity_sealed set statistics 0")
    op.execute("alter table ask_instead alter column text_sealed set statistics 0")


def downgrade() -> None:
    for rights, table in GRANTS:
        op.execute(f"revoke {rights} on {table} from app_worker")
    for table in LISTS:
        op.execute(f"alter policy house on {table} to terrain_owner, app_desk")
    op.execute("alter table source alter column identity_sealed set statistics -1")
    op.execute("alter table ask_instead alter column text_sealed set statistics -1")
    op.drop_column("answer", "unsent_erased_at")
