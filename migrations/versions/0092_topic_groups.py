"""A text stands in the group of each of its topics, not only in that which its reference names."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

# Codes are compared byte by byte, so that the order of the groups is the same in every database.
GROUPS_OF = """
create function groups_of(own text, topics text[]) returns text[]
    language sql immutable parallel safe
    return array(
        select distinct split_part(code, '-', 1) collate "C"
        from unnest(array_append(topics, own)) as code order by 1
    );
revoke all on function groups_of(text, text[]) from public;
grant execute on function groups_of(text, text[]) to app_desk, app_worker;
"""
TABLES = ("published_excerpt", "published_version", "text_change")
IN_ORDER = "ix_published_excerpt_groups"
KEY = "pk_text_count"


def upgrade() -> None:
    _forget_what_is_ready()
    _run(GROUPS_OF)
    for table in TABLES:
        derived = sa.Computed("groups_of(topic_group, topics)", persisted=True)
        op.add_column(table, sa.Column("topic_groups", ARRAY(sa.Text()), derived, nullable=False))
    op.create_index(IN_ORDER, "published_excerpt", ["country", "topic_groups", "information_date", "ref"])
    _count_by("topic_groups", ARRAY(sa.Text()), instead_of="topic_group")


def downgrade() -> None:
    _forget_what_is_ready()
    _count_by("topic_group", sa.Text(), instead_of="topic_groups")
    op.drop_index(IN_ORDER, "published_excerpt")
    for table in TABLES:
        op.drop_column(table, "topic_groups")
    op.execute("drop function groups_of(text, text[])")


def _count_by(column: str, kind: sa.types.TypeEngine[object], *, instead_of: str) -> None:
    op.drop_constraint(KEY, "text_count")
    op.drop_column("text_count", instead_of)
    op.add_column("text_count", sa.Column(column, kind, nullable=False))
    op.create_primary_key(KEY, "text_count", ["day", "topic", "language", column, "country", "freshness"])


def _forget_what_is_ready() -> None:
    """The clock makes all of it again."""
    for table in ("search_champion", "text_count", "text_change"):
        op.execute(f"delete from {table}")


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
