"""A counsellor sees when the present code of a case was made, so that an older page does not end it unknowingly."""

from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

CODE_GIVEN = """
-- When the newest code of a case was made and by whom, and whether it is the very one that a form sent again asks for.
create function code_given(p_request uuid, p_hash bytea)
returns table (event uuid, at timestamptz, actor_kind text, actor_id uuid, same boolean)
    language sql stable security definer set search_path = pg_catalog, public
    begin atomic
        select e.id, e.at, e.actor_kind, e.actor_id, coalesce(r.code_hash = p_hash, false)
        from public.request r join public.event e on e.object_id = r.id
        where r.id = p_request and authn.asks(r.id) and e.kind in ('request.give_code', 'request.replace_code')
        order by e.at desc, e.id desc limit 1;
    end;
revoke all on function code_given from public;
grant execute on function code_given to app_counsellor;
"""


def upgrade() -> None:
    op.get_bind().connection.cursor().execute(CODE_GIVEN)


def downgrade() -> None:
    op.execute("drop function code_given")
