"""A Word form that came back waits as a row until it is taken over. The desk sees nothing of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("found", JSONB(), nullable=False),
        sa.Column("closed", JSONB(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("kept_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_word_upload_answer_id"), deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_upload")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_word_upload_answer_id")),
    )
    op.create_index("ix_word_upload_kept_until", "word_upload", ["kept_until"])
    for statement in RIGHTS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("word_upload")


RIGHTS = (
    "alter table word_upload enable row level security",
    "alter table word_upload force row level security",
    "create policy house on word_upload to terrain_owner, app_worker using (true) with check (true)",
    "create policy own on word_upload to app_partner using (partner_answers(answer_id))"
    " with check (partner_id = authn.current_partner() and partner_answers(answer_id))",
    "grant select, insert, delete on word_upload to app_partner",
    "grant select (id, kept_until), delete on word_upload to app_worker",
    *(f"alter table word_upload alter column {name} set statistics 0" for name in ("found", "closed")),
)
