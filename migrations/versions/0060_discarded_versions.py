"""A version of a text can be discarded; no word of it stays, and its language is free for another translation."""

from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

STATES = {
    "excerpt": "'unpublished', 'published', 'on_hold', 'withdrawn', 'retracted', 'archived'",
    "excerpt_version": "'draft', 'in_review', 'scheduled', 'changes_asked', 'published', 'superseded'",
}
WORDLESS = (
    "title = '' and summary = '' and body = '' and unknown = '' and place = '' and public_note = ''"
    " and sources = '[]' and valid_until_reason is null and changes_wanted is null"
)
WORDS = {
    "excerpt_version": (
        "title", "summary", "body", "unknown", "place", "sources", "public_note", "valid_until_reason", "changes_wanted",
    ),
    "excerpt_kept_text": ("content",),
    "excerpt_note": ("quote", "text"),
}  # fmt: skip
"""The planner keeps no samples of them: they would outlive the row."""
KEPT = ("excerpt_kept_text", "excerpt_note")


def upgrade() -> None:
    for table, states in STATES.items():
        _allow(table, f"{states}, 'discarded'")
    op.create_check_constraint(
        op.f("ck_excerpt_version_discarded"), "excerpt_version", f"state <> 'discarded' or ({WORDLESS})"
    )
    _one_of_each_language("state <> 'discarded'")
    _keep_samples(0)
    for table in KEPT:
        op.execute(f"grant delete on {table} to app_desk")


def downgrade() -> None:
    for table in KEPT:
        op.execute(f"revoke delete on {table} from app_desk")
    _keep_samples(-1)
    op.execute("delete from excerpt_version where state = 'discarded'")
    op.execute("delete from excerpt where state = 'discarded'")
    op.execute("set constraints all immediate")  # a table with checks to come is not altered
    _one_of_each_language(None)
    op.drop_constraint(op.f("ck_excerpt_version_discarded"), "excerpt_version", type_="check")
    for table, states in STATES.items():
        _allow(table, states)


def _allow(table: str, states: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_state"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_state"), table, f"state in ({states})")


def _one_of_each_language(where: str | None) -> None:
    op.drop_index("ix_excerpt_source", "excerpt")
    op.create_index("ix_excerpt_source", "excerpt", ["source_id", "language"], unique=True, postgresql_where=where)


def _keep_samples(number: int) -> None:
    for table, columns in WORDS.items():
        for column in columns:
            op.execute(f"alter table {table} alter column {column} set statistics {number}")
