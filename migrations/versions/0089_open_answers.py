"""What an answer consists of is written while the answer is: by no partner once it was handed in or decided upon."""

from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

PARTS = ("answer_point", "source", "answer_price", "answer_contact")
OPEN = "answer_state(answer_id) in ('draft', 'returned')"


def upgrade() -> None:
    for table in PARTS:
        # An update may look at every row of its own, or none could be locked to say why it is over.
        op.execute(f"create policy begun on {table} as restrictive for insert to app_partner with check ({OPEN})")
        op.execute(
            f"create policy kept on {table} as restrictive for update to app_partner using (true) with check ({OPEN})"
        )
        op.execute(f"create policy gone on {table} as restrictive for delete to app_partner using ({OPEN})")


def downgrade() -> None:
    for table in PARTS:
        for name in ("begun", "kept", "gone"):
            op.execute(f"drop policy {name} on {table}")
