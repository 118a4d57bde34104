"""The planner keeps no samples of the words that came since 0032."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

SAMPLES_OFF = """
do $$
declare
    c record;
begin
    for c in
        select a.attrelid::regclass as place, a.attname
        from pg_attribute a join pg_class t on t.oid = a.attrelid
        where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and t.relforcerowsecurity
            and a.attnum > 0 and not a.attisdropped and a.attname <> 'state'
            and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype)
            and has_column_privilege('app_partner', a.attrelid, a.attnum, 'select')
    loop
        execute format('alter table %s alter column %I set statistics 0', c.place, c.attname);
    end loop;
end $$;
"""


def upgrade() -> None:
    op.get_bind().connection.cursor().execute(SAMPLES_OFF)


def downgrade() -> None:
    """They stay off: nothing that was there before asks for them."""
