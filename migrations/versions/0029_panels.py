"""What a researcher writes about a point: prices, contacts, how good a source is; and whether the organisation is named.

A contact without consent to publish is sealed as the identity of a source is: the portal writes it and never reads it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ASSESSMENT = ("assessment_who", "assessment_what", "assessment_how", "assessment_why", "assessment_when", "independence")
PRICE = ("what", "amount", "currency", "unit")


def upgrade() -> None:
    _add_filled("answer", "anonymous", "credit")
    _add_filled("source", "", *ASSESSMENT)
    op.execute(f"grant select ({', '.join(ASSESSMENT)}), update ({', '.join(ASSESSMENT)}) on source to app_partner")
    _rows("answer_price", *(_text(name) for name in PRICE), sa.Column("day", sa.Date()))
    _rows("answer_contact", _text("label"), sa.Column("may_publish", sa.Boolean(), nullable=False), _text("reach"),
          sa.Column("reach_sealed", sa.LargeBinary()), sa.Column("keeps_reach", sa.Boolean(), nullable=False))  # fmt: skip
    kept = "position, point_code, label, may_publish, reach, dropped"
    op.execute(f"grant select (id, answer_id, keeps_reach, {kept}), insert, update ({kept}) on answer_contact to app_partner")
    op.execute("grant select, insert, update on answer_price to app_partner")
    for column in ("reach", "reach_sealed"):  # a consent may be taken back: the planner keeps no samples
        op.execute(f"alter table answer_contact alter column {column} set statistics 0")


def downgrade() -> None:
    op.drop_table("answer_contact")
    op.drop_table("answer_price")
    for column in ASSESSMENT:
        op.drop_column("source", column)
    op.drop_column("answer", "credit")


def _add_filled(table: str, value: str, *columns: str) -> None:
    """Every row that is there gets this value; new ones say it themselves."""
    for column in columns:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=value))
        op.alter_column(table, column, server_default=None)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _rows(table: str, *columns: sa.Column) -> None:
    """A list that belongs to the points of an answer, fenced by row for the portal."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        _text("point_code"),
        *columns,
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f(f"fk_{table}_answer_id"), deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_answer", table, ["answer_id"])
    op.execute(f"grant select, insert, update, delete on {table} to app_desk")
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy house on {table} to terrain_owner, app_desk using (true) with check (true)")
    op.execute(f"create policy own on {table} to app_partner using (partner_answers(answer_id))")
