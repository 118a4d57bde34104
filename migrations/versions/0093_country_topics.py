"""The texts about a country and one of several topics are found by one index: each question of the queue asks for them."""

from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None

COUNTRY_TOPICS = """
create function country_topics(country text, topics text[]) returns text[]
    language sql immutable parallel safe
    return array(select country || ':' || topic from unnest(topics) as topic);
revoke all on function country_topics(text, text[]) from public;
grant execute on function country_topics(text, text[]) to app_desk, app_worker;
"""
INDEX = "ix_published_excerpt_country_topics"


def upgrade() -> None:
    op.get_bind().connection.cursor().execute(COUNTRY_TOPICS)
    op.execute(f"create index {INDEX} on published_excerpt using gin (country_topics(country, topics))")


def downgrade() -> None:
    op.drop_index(INDEX, "published_excerpt")
    op.execute("drop function country_topics(text, text[])")
