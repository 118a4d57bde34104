"""The planner keeps no samples of files either: they would outlive the row."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

SEALED = ("original_sealed", "clean_sealed")


def upgrade() -> None:
    _keep_samples(0)


def downgrade() -> None:
    _keep_samples(-1)


def _keep_samples(number: int) -> None:
    for column in SEALED:
        op.execute(f"alter table attachment alter column {column} set statistics {number}")
