"""The words by which a text is found stay in its row: fetched from beside it, they were most of what a search costs.

Writes the table anew, once; in a large library nobody reads it for some minutes.
"""

from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _store("main")


def downgrade() -> None:
    _store("extended")


def _store(where: str) -> None:
    """`|| ''` makes another value of the same words, which is then put where the column says."""
    op.execute(f"""
        alter table published_excerpt
            alter column search type tsvector using search || '', alter column search set storage {where}""")
    op.execute("analyze published_excerpt")
