"""Partners that decline say whom to ask instead: written by the portal, never read there; sealed for officers."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

FENCES = """
grant insert on ask_instead to app_partner;
grant select, insert, update, delete on ask_instead to app_desk;
grant select (id, at), delete on ask_instead to app_worker;
alter table ask_instead enable row level security;
alter table ask_instead force row level security;
create policy house on ask_instead to terrain_owner, app_desk, app_worker using (true) with check (true);
create policy own on ask_instead for insert to app_partner with check (partner_sees(assignment_id));
"""


def upgrade() -> None:
    op.create_table(
        "ask_instead",
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_ask_instead_assignment_id"),
            initially="DEFERRED", deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_instead")),
    )  # fmt: skip
    op.create_index("ix_ask_instead_assignment", "ask_instead", ["assignment_id"])
    op.create_index("ix_ask_instead_at", "ask_instead", ["at"])
    op.get_bind().connection.cursor().execute(FENCES)


def downgrade() -> None:
    op.drop_table("ask_instead")
