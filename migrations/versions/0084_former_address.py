"""When the address of an account is changed, the address it had until then is written to as well."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_address",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_former_address")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_former_address_event_id_event"), initially="DEFERRED", deferrable=True
        ),
    )
    op.create_index("ix_former_address_at", "former_address", ["at"])
    op.execute("revoke all on former_address from public")
    op.execute("grant insert on former_address to app_desk")
    op.execute("grant select, delete on former_address to app_worker")


def downgrade() -> None:
    op.drop_table("former_address")
