"""The planner keeps no samples of people's words: they would outlive the row, in a catalogue that nobody clears."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WORDS = {
    "request": ("contact_sealed", "label_sealed", "code_hash"),
    "question": ("original_sealed", "override_sealed", "urgency_reason_sealed", "decline_shared", "place"),
    "question_point": ("text",),
    "message": ("to_requester_shared", "from_requester_sealed"),
    "internal_note": ("text_sealed",),
    "reply": ("text_shared",),
    "reader_report": ("text_sealed",),
}


def upgrade() -> None:
    _keep_samples(0)


def downgrade() -> None:
    _keep_samples(-1)


def _keep_samples(number: int) -> None:
    for table, columns in WORDS.items():
        for column in columns:
            op.execute(f"alter table {table} alter column {column} set statistics {number}")
