"""The clock erases what a partner sent and nobody will publish: the answer was withdrawn or rejected long ago."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

GRANTS = (
    ("update (content, content_hash)", "revision"),
    ("update (checklist, comments)", "review"),
    ("select (answer_id), delete", "review_comment"),
    ("select (answer_id), delete", "answer_note"),
    ("select (assignment_id), delete", "assignment_message"),
)
WORDS = {
    "answer": ("reject_reason",),
    "revision": ("content",),
    "review": ("checklist", "comments"),
    "review_comment": ("text", "quote"),
    "answer_note": ("text", "quote"),
    "assignment_message": ("text",),
}
"""What is erased must not be left in the samples of the planner."""


def upgrade() -> None:
    op.add_column("answer", sa.Column("content_erased_at", sa.DateTime(timezone=True), nullable=True))
    for rights, table in GRANTS:
        op.execute(f"grant {rights} on {table} to app_worker")
    _sample(0)


def downgrade() -> None:
    _sample(-1)
    for rights, table in GRANTS:
        op.execute(f"revoke {rights} on {table} from app_worker")
    op.drop_column("answer", "content_erased_at")


def _sample(rows: int) -> None:
    for table, columns in WORDS.items():
        for column in columns:
            op.execute(f"alter table {table} alter column {column} set statistics {rows}")
