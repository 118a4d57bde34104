"""What readers of each translation are told of a correction, beside the version that makes it. Before, nobody wrote any."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

TABLES = ("excerpt_version", "published_version")
WORDLESS = (
    "title = '' and summary = '' and body = '' and unknown = '' and place = '' and public_note = ''"
    " and sources = '[]' and valid_until_reason is null and changes_wanted is null"
)


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("translated_notes", JSONB(), nullable=False, server_default="{}"))
        op.alter_column(table, "translated_notes", server_default=None)
    op.execute("alter table excerpt_version alter column translated_notes set statistics 0")
    _discarded(f"{WORDLESS} and translated_notes = '{{}}'")


def downgrade() -> None:
    _discarded(WORDLESS)
    for table in TABLES:
        op.drop_column(table, "translated_notes")


def _discarded(wordless: str) -> None:
    """No word of a version that was discarded stays."""
    op.drop_constraint(op.f("ck_excerpt_version_discarded"), "excerpt_version", type_="check")
    op.create_check_constraint(
        op.f("ck_excerpt_version_discarded"), "excerpt_version", f"state <> 'discarded' or ({wordless})"
    )
