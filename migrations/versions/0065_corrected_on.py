"""A translation's public row says since when its original is known to be wrong, so that nothing counts it as current."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

FOLLOW = """
update published_excerpt t set corrected_on = wrong.known_on
from (
    select t.ref, (
        select v.published_on from published_version v
        where v.ref = t.source_ref and v.number > t.source_number and v.change = 'correction' and not v.retracted
        order by v.number limit 1) as known_on
    from published_excerpt t where t.source_ref is not null) wrong
where wrong.ref = t.ref and wrong.known_on is not null"""
NOTE = """
create or replace function note_text_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public as $body$
begin
    if tg_op = 'UPDATE' and
        (old.listed, old.country, old.topic_group, old.topics, old.language,
         old.valid_until, old.check_soon_from, old.expires_on{old}) is not distinct from
        (new.listed, new.country, new.topic_group, new.topics, new.language,
         new.valid_until, new.check_soon_from, new.expires_on{new})
    then return null;
    end if;
    perform pg_advisory_xact_lock_shared(7319402);
    if exists (select from public.text_count) then
        insert into public.text_change (
            texts, country, topic_group, topics, language, valid_until, check_soon_from, expires_on{column})
        select -1, old.country, old.topic_group, old.topics, old.language,
               old.valid_until, old.check_soon_from, old.expires_on{old}
        where tg_op <> 'INSERT' and old.listed
        union all
        select 1, new.country, new.topic_group, new.topics, new.language,
               new.valid_until, new.check_soon_from, new.expires_on{new}
        where tg_op <> 'DELETE' and new.listed;
    end if;
    return null;
end $body$"""
WITH = {"column": ", corrected_on", "old": ", old.corrected_on", "new": ", new.corrected_on"}


def upgrade() -> None:
    for table in ("published_excerpt", "text_change"):
        op.add_column(table, sa.Column("corrected_on", sa.Date(), nullable=True))
    op.get_bind().connection.cursor().execute(NOTE.format(**WITH))
    op.execute(FOLLOW)


def downgrade() -> None:
    op.get_bind().connection.cursor().execute(NOTE.format(**dict.fromkeys(WITH, "")))
    for table in ("text_change", "published_excerpt"):
        op.drop_column(table, "corrected_on")
