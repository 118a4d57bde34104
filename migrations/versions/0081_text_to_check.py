"""A recheck shows its partner the whole published text: the version that was offered, and of no other work.

The portal reads it by a function that knows who is signed in; the published tables stay closed to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assignment", sa.Column("text_number", sa.SmallInteger(), nullable=True))
    op.execute("""
        update assignment set text_number = p.number
        from excerpt e join published_excerpt p on p.ref = e.ref
        where e.id = assignment.excerpt_id and assignment.kind = 'recheck'
          and assignment.state in ('drafted', 'offered', 'accepted')""")
    op.execute("grant update (text) on assignment_point to app_worker")
    op.execute("""
        create function text_to_check(commission uuid) returns table (
            number smallint, newest smallint, taken_back boolean, language text, title text, summary text, body text,
            unknown text, place text, sources jsonb, information_date date)
            language sql stable security definer set search_path = pg_catalog, public
            begin atomic
                select v.number, p.number, v.retracted, v.language, v.title, v.summary, v.body, v.unknown, v.place,
                       v.sources, v.information_date
                from public.assignment a
                join public.excerpt e on e.id = a.excerpt_id
                join public.published_version v on v.ref = e.ref and v.number = a.text_number
                join public.published_excerpt p on p.ref = e.ref
                where a.id = commission and a.partner_id = authn.current_partner();
            end""")
    op.execute("revoke all on function text_to_check(uuid) from public")
    op.execute("grant execute on function text_to_check(uuid) to app_partner")


def downgrade() -> None:
    op.execute("drop function text_to_check(uuid)")
    op.execute("revoke update (text) on assignment_point from app_worker")
    op.drop_column("assignment", "text_number")
