"""Replies that were corrected or taken back: since when they stand no more, and what took their place."""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "sql"
STORY = "requester_story(uuid[], text)"


def upgrade() -> None:
    op.add_column("reply", sa.Column("corrects_id", sa.Uuid(), nullable=True))
    op.add_column("reply", sa.Column("stood_until", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_reply_corrects_id"), "reply", "reply", ["corrects_id"], ["id"], deferrable=True, initially="DEFERRED"
    )
    _run((SQL / "0025_corrected_replies.sql").read_text())


def downgrade() -> None:
    """Whoever asked reads every reply again, as before."""
    former = (SQL / "0019_caseload.sql").read_text()
    found = re.search(r"create function requester_story\(.*?(?=\n\n)", former, re.DOTALL)
    if found is None:
        raise RuntimeError("requester_story is not where it was")
    _run(f"drop function {STORY}")
    _run(found[0])
    _run(f"revoke all on function {STORY} from public; grant execute on function {STORY} to app_public, app_counsellor")
    for policy in ("own", "caseload"):
        _run(f"alter policy {policy} on reply using (requester_follows(question_id))")
    op.drop_column("reply", "stood_until")
    op.drop_column("reply", "corrects_id")


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
