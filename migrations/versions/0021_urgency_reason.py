"""Why a question is urgent is sealed, as everything is that an officer writes about whoever asked."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OPEN, SEALED = "urgency_reason", "urgency_reason_sealed"
FORGET = "forget_request(uuid, timestamptz)"


def upgrade() -> None:
    # The owner holds no key, so nobody can bring the old words along, and they are not thrown away unasked.
    if held := op.get_bind().scalar(sa.text(f"select count(*) from question where {OPEN} is not null")):
        raise RuntimeError(
            f"{held} questions have a reason of urgency in the clear, which cannot be sealed afterwards. Let the officers"
            f" note what they need, then run as app_desk: update question set {OPEN} = null"
        )
    op.add_column("question", sa.Column(SEALED, sa.LargeBinary(), nullable=True))
    _forgetting(OPEN, SEALED)
    op.drop_column("question", OPEN)


def downgrade() -> None:
    op.add_column("question", sa.Column(OPEN, sa.Text(), nullable=True))
    _forgetting(SEALED, OPEN)
    op.drop_column("question", SEALED)


def _forgetting(before: str, after: str) -> None:
    """What a requester deletes includes the reason, wherever it is kept."""
    definition = op.get_bind().scalar(sa.text(f"select pg_get_functiondef('{FORGET}'::regprocedure)"))
    op.get_bind().connection.cursor().execute(definition.replace(f" {before} = null", f" {after} = null"))
