"""Questions know whether a second person has still to read their neutral text, so that the queue can list them."""

import sqlalchemy as sa
from alembic import op

from workflows.depersonalise import rare_combination

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

WRITTEN = """
select question.id, coalesce(place, '') as place, facets, topics,
       array(select text from question_point where question_id = question.id order by position) as points
from question where state in ('received', 'clarification_asked', 'triaged')
  and exists (select 1 from question_point where question_id = question.id)
  and not exists (
    select 1 from second_reading where question_id = question.id and at > (
      select max(event.at) from event where event.question_id = question.id
      and event.kind in ('question.draft', 'question.triage', 'question.revise', 'question.split', 'question.topic')))"""
"""What is open and was not read since somebody wrote in it last."""


def upgrade() -> None:
    op.add_column("question", sa.Column("second_reading_owed", sa.Boolean(), nullable=True))
    op.execute("grant select (question_id, text_hash) on second_reading to app_worker")
    here = op.get_bind()
    for row in here.execute(sa.text(WRITTEN)).all():
        if rare_combination(row.points, row.place, row.facets, row.topics):
            owed = sa.text("update question set second_reading_owed = true where id = :id")
            here.execute(owed, {"id": row.id})


def downgrade() -> None:
    op.execute("revoke select (question_id, text_hash) on second_reading from app_worker")
    op.drop_column("question", "second_reading_owed")
