"""Whoever holds the number of a form learns when it was filed only with the number that its code follows from.

That number depends on the words of the form, so it goes with them when a request is deleted.
"""

from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

FILED_AT = """
drop function filed_at(uuid);
create function filed_at(p_submission uuid, p_seed uuid) returns timestamptz
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    return (
        select r.received_at from public.request r
        where r.submission_id = p_submission and coalesce(r.code_seed, r.submission_id) = p_seed
          and r.erased_at is null
    );
revoke all on function filed_at(uuid, uuid) from public;
grant execute on function filed_at(uuid, uuid) to app_public;
"""
FORGET = "forget_request(uuid, timestamptz)"
GOES, GOES_TOO = "code_hash = null,", "code_hash = null, code_seed = null,"
BEFORE = """
drop function filed_at(uuid, uuid);
create function filed_at(submission uuid) returns timestamptz
    language sql stable security definer set search_path = pg_catalog, public
    return (select r.received_at from public.request r where r.submission_id = submission and r.erased_at is null);
revoke all on function filed_at(uuid) from public;
grant execute on function filed_at(uuid) to app_public;
"""


def upgrade() -> None:
    _run(FILED_AT)
    _forgetting(GOES, GOES_TOO)


def downgrade() -> None:
    _forgetting(GOES_TOO, GOES)
    _run(BEFORE)


def _forgetting(before: str, after: str) -> None:
    cursor = op.get_bind().connection.cursor()
    stands = cursor.execute(f"select pg_get_functiondef('{FORGET}'::regprocedure)").fetchone()[0]
    if stands.count(before) != 1:
        raise RuntimeError(f"{FORGET} empties other columns")
    _run(stands.replace(before, after))


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
