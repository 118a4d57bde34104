"""The rule on rare combinations speaks in large cities too: open questions that it now names wait for a second reader."""

import sqlalchemy as sa
from alembic import op

from workflows.depersonalise import rare_combination

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

UNREAD = """
select question.id, coalesce(place, '') as place, facets, topics,
       array(select text from question_point where question_id = question.id order by position) as points
from question where state in ('received', 'clarification_asked', 'triaged')
  and second_reading_owed = false
  and exists (select 1 from question_point where question_id = question.id)
  and not exists (select 1 from second_reading where question_id = question.id)"""
"""What is open and never waited for one. What was read once is asked again when its text changes, or it is offered."""


def upgrade() -> None:
    here = op.get_bind()
    for row in here.execute(sa.text(UNREAD)).all():
        if rare_combination(row.points, row.place, row.facets, row.topics):
            owed = sa.text("update question set second_reading_owed = true where id = :id")
            here.execute(owed, {"id": row.id})


def downgrade() -> None:
    """Nothing: a reading that the old rule did not ask for does no harm."""
