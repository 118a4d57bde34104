"""An approved version may wait for a day: the clock publishes it, so it may write what the public reads."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATES = "'draft', 'in_review', 'scheduled', 'changes_asked', 'published', 'superseded'"
STATES_BEFORE = "'draft', 'in_review', 'changes_asked', 'published', 'superseded'"


def upgrade() -> None:
    op.add_column("excerpt_version", sa.Column("publish_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_excerpt_version_publish_at", "excerpt_version", ["publish_at"], postgresql_where=sa.text("state = 'scheduled'")
    )
    _only(STATES)
    op.execute("grant update (state, version, approved_hash, publish_at, published_at) on excerpt_version to app_worker")
    op.execute("grant delete on excerpt_approval to app_worker")
    op.execute("grant insert on published_excerpt, published_version to app_worker")
    op.execute("grant update on published_excerpt to app_worker")


def downgrade() -> None:
    op.execute("revoke insert, update on published_excerpt, published_version from app_worker")
    op.execute("revoke delete on excerpt_approval from app_worker")
    op.execute("revoke update (state, version, approved_hash, publish_at, published_at) on excerpt_version from app_worker")
    op.execute("update excerpt_version set state = 'in_review' where state = 'scheduled'")
    _only(STATES_BEFORE)
    op.drop_index("ix_excerpt_version_publish_at", "excerpt_version")
    op.drop_column("excerpt_version", "publish_at")


def _only(states: str) -> None:
    op.drop_constraint(op.f("ck_excerpt_version_state"), "excerpt_version", type_="check")
    op.create_check_constraint(op.f("ck_excerpt_version_state"), "excerpt_version", f"state in ({states})")
