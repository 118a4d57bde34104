"""What a partner gets for an assignment, and the ledger in which it is booked."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

FENCES = """
grant select, insert on ledger_entry to app_desk;
grant select (id, partner_id, assignment_id, kind, day, hours, amount, currency, reason) on ledger_entry to app_partner;
alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
create policy house on ledger_entry to terrain_owner, app_desk, app_worker using (true) with check (true);
create policy own on ledger_entry for select to app_partner using (partner_id = authn.current_partner());
"""


def upgrade() -> None:
    op.add_column("assignment", sa.Column("agreed_hours", sa.Numeric(8, 2), nullable=True))
    op.add_column("assignment", sa.Column("agreed_amount", sa.Numeric(12, 2), nullable=True))
    op.add_column("assignment", sa.Column("agreed_currency", sa.Text(), nullable=True))
    op.create_table(
        "ledger_entry",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(8, 2), nullable=True),
        sa.Column("amount", sa.Numeric(12, 2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind in ('booked', 'adjusted')", name=op.f("ck_ledger_entry_kind")),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner_organisation.id"], name=op.f("fk_ledger_entry_partner_id"),
            initially="DEFERRED", deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_ledger_entry_assignment_id"),
            initially="DEFERRED", deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
    )  # fmt: skip
    op.create_index("ix_ledger_entry_assignment", "ledger_entry", ["assignment_id"])
    op.create_index("ix_ledger_entry_partner", "ledger_entry", ["partner_id", "day"])
    op.create_index("ix_ledger_entry_day", "ledger_entry", ["day"])
    op.create_index(
        "uq_ledger_entry_booked", "ledger_entry", ["assignment_id"], unique=True,
        postgresql_where=sa.text("kind = 'booked'"),
    )  # fmt: skip
    op.get_bind().connection.cursor().execute(FENCES)


def downgrade() -> None:
    op.drop_table("ledger_entry")
    for column in ("agreed_currency", "agreed_amount", "agreed_hours"):
        op.drop_column("assignment", column)
