"""Readers' reports: the public site adds them and reads none; the worker erases their words."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reader_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Uuid()),
        sa.Column("outcome", sa.Text()),
        sa.Column("editor_id", sa.Uuid()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("state in ('received', 'checking', 'closed')", name=op.f("ck_reader_report_state")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_reader_report_assignment_id"), deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_report")),
    )  # fmt: skip
    op.create_index("ix_reader_report_open", "reader_report", ["ref"], postgresql_where=sa.text("state <> 'closed'"))
    op.create_index("ix_reader_report_state", "reader_report", ["state", "at"])
    op.execute("alter table reader_report enable row level security")
    op.execute("alter table reader_report force row level security")
    op.execute(
        "create policy house on reader_report to terrain_owner, app_desk, app_worker using (true) with check (true)"
    )
    op.execute("create policy report on reader_report for insert to app_public with check (state = 'received')")
    op.execute("grant insert on reader_report to app_public")
    op.execute("grant select, insert, update, delete on reader_report to app_desk")
    op.execute("grant select, update (text_sealed) on reader_report to app_worker")


def downgrade() -> None:
    op.drop_table("reader_report")
