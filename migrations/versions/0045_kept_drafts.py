"""The last drafts of an answer are kept while it is being written, for its writers alone; the desk may only erase them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_kept_draft_answer_id"), deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_draft")),
    )
    op.create_index("ix_kept_draft_answer", "kept_draft", ["answer_id", "saved_at"])
    for statement in RIGHTS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("kept_draft")


RIGHTS = (
    "alter table kept_draft enable row level security",
    "alter table kept_draft force row level security",
    "create policy house on kept_draft to terrain_owner, app_desk, app_worker using (true) with check (true)",
    "create policy own on kept_draft to app_partner using (partner_answers(answer_id))"
    " with check (partner_id = authn.current_partner() and partner_answers(answer_id))",
    "grant select, insert, update (saved_at, content), delete on kept_draft to app_partner",
    "grant select (id, answer_id), delete on kept_draft to app_desk",
    "grant select (id, saved_at), delete on kept_draft to app_worker",
    "alter table kept_draft alter column content set statistics 0",  # the planner keeps no samples of words
)
