"""Partner organisations are away in periods, from a day to a day, instead of until one day."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

FENCES = """
grant select, insert, delete on partner_absence to app_partner;
grant update (version, first_day, last_day) on partner_absence to app_partner;
grant select, insert, update, delete on partner_absence to app_desk;
grant select on partner_absence to app_worker;
alter table partner_absence enable row level security;
alter table partner_absence force row level security;
create policy house on partner_absence to terrain_owner, app_desk, app_worker using (true) with check (true);
create policy own on partner_absence to app_partner using (partner_id = authn.current_partner());
insert into partner_absence (id, version, partner_id, first_day, last_day)
    select gen_random_uuid(), 1, id, least(current_date, away_until), away_until
    from partner_organisation where away_until is not null;
"""
BACK = """
update partner_organisation set away_until =
    (select max(last_day) from partner_absence a
     where a.partner_id = partner_organisation.id and a.first_day <= current_date);
grant update (away_until) on partner_organisation to app_partner;
"""


def upgrade() -> None:
    op.create_table(
        "partner_absence",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_partner_absence_order")),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner_organisation.id"], name=op.f("fk_partner_absence_partner_id"),
            initially="DEFERRED", deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_absence")),
    )  # fmt: skip
    op.create_index("ix_partner_absence_partner", "partner_absence", ["partner_id", "last_day"])
    _run(FENCES)
    op.drop_column("partner_organisation", "away_until")


def downgrade() -> None:
    """The last day of the newest absence that has begun comes back; those still to come are lost."""
    op.add_column("partner_organisation", sa.Column("away_until", sa.Date(), nullable=True))
    _run(BACK)
    op.drop_table("partner_absence")


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
