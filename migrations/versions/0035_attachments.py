"""Partners attach files to an answer. The portal writes what came and reads no byte of it; the desk reads clean copies."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

WORDS = ("kind", "state", "reason", "media", "public_title")
"""Of which the planner keeps no samples: they would tell one partner of another."""
TOLD = (
    "id, answer_id, partner_id, question_id, number, kind, state, version, reason, size, clean_size, media, public_title,"
    " uploaded_at, uploaded_by, sent_in, dropped, attempts, next_try_at"
)


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid()),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("clean_size", sa.Integer()),
        sa.Column("media", sa.Text()),
        sa.Column("original_sealed", sa.LargeBinary()),
        sa.Column("clean_sealed", sa.LargeBinary()),
        sa.Column("public_title", sa.Text()),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("sent_in", sa.SmallInteger()),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('quarantined', 'clean', 'released', 'refused')", name=op.f("ck_attachment_state")
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_attachment_answer_id"), deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("answer_id", "number", name=op.f("uq_attachment_answer_id_number")),
    )
    op.create_index(
        "ix_attachment_waiting", "attachment", ["next_try_at"], postgresql_where=sa.text("state = 'quarantined'")
    )
    for statement in RIGHTS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("attachment")


RIGHTS = (
    "alter table attachment enable row level security",
    "alter table attachment force row level security",
    "create policy house on attachment to terrain_owner, app_desk, app_worker using (true) with check (true)",
    "create policy own on attachment to app_partner using (partner_answers(answer_id))"
    " with check (partner_id = authn.current_partner() and partner_answers(answer_id))",
    "create policy fresh on attachment as restrictive for insert to app_partner"
    " with check (state = 'quarantined' and clean_sealed is null and sent_in is null)",
    "create policy unsent on attachment as restrictive for delete to app_partner using (sent_in is null)",
    f"grant select ({TOLD}), insert, update (version, sent_in, dropped), delete on attachment to app_partner",
    f"grant select ({TOLD}, clean_sealed), update (state, version, reason, public_title, clean_sealed)"
    " on attachment to app_desk",
    "grant select, update on attachment to app_worker",
    *(f"alter table attachment alter column {name} set statistics 0" for name in WORDS),
)
