"""What is over is over by the database's own clock: a moment that a site gives may end something sooner, never later."""

from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

LATELY = """
-- Since when a second factor counts as shown lately, whatever the site says (policy.STEP_UP_VALID).
create function authn.lately(p_since timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog, authn, public, pg_temp as $$
  select greatest(p_since, now() - interval '10 minutes')
$$;
revoke all on function authn.lately from public;
"""
LINK = ("i.expires_at > p_now", "i.expires_at > greatest(p_now, now())")
KEEPER = ("authn.keeper(p_digest, p_now, p_since)", "authn.keeper(p_digest, p_now, authn.lately(p_since))")
SHOWN = ("s.created_at >= p_since", "s.created_at >= authn.lately(p_since)")
MENDED = {
    "standing": ("s.expires_at > p_now", "s.expires_at > greatest(p_now, now())"),
    "live_session": ("s.seen_at > p_now - p_idle", "s.seen_at > greatest(p_now, now()) - p_idle"),
    "look_at_invitation": LINK,
    "take_invitation": LINK,
    "invite_colleague": KEEPER,
    "invite_colleague_again": KEEPER,
    "renew_factor": SHOWN,
    "renew_recovery_codes": SHOWN,
}


def upgrade() -> None:
    _run(LATELY)
    for name, (before, after) in MENDED.items():
        _replace(name, before, after)


def downgrade() -> None:
    for name, (before, after) in MENDED.items():
        _replace(name, after, before)
    op.execute("drop function authn.lately(timestamptz)")


def _replace(name: str, before: str, after: str) -> None:
    """The function as it stands, with one condition changed; whoever may call it keeps the right to."""
    cursor = op.get_bind().connection.cursor()
    stands = cursor.execute(f"select pg_get_functiondef('authn.{name}'::regproc)").fetchone()[0]
    if stands.count(before) != 1:
        raise RuntimeError(f"authn.{name} asks otherwise")
    _run(stands.replace(before, after))


def _run(statements: str) -> None:
    op.get_bind().connection.cursor().execute(statements)
