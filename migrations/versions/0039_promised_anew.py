"""A question that was over is promised a date anew: what was done for the earlier reply does not count any more."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

PROGRESS = """
create or replace function requester_progress(question uuid) returns table (stage text, expected date)
    language sql stable security definer set search_path = pg_catalog, public
    begin atomic
        select case
                   when bool_or(a.state in ('accepted', 'completed') and w.state in ('submitted', 'accepted'))
                       then 'checked'
                   when bool_or(a.state in ('offered', 'accepted')) then 'researched'
                   else 'read'
               end,
               coalesce(max(a.requester_date) filter (where {promises}), q.promised_by)
        from public.question q
        left join public.assignment a on a.question_id = q.id
        left join public.answer w on w.assignment_id = a.id
        where q.id = question and public.requester_follows(question)
        group by q.id;
    end;
"""
AT_FIRST = "a.state in ('accepted', 'completed')"
SINCE = "a.state = 'accepted' or (a.state = 'completed' and (a.closed_at >= q.promised_anew_at) is not false)"


def upgrade() -> None:
    op.execute("alter table question add column promised_anew_at timestamptz")
    for log_in in ("app_public", "app_counsellor"):
        op.execute(f"grant select (promised_anew_at), update (promised_anew_at) on question to {log_in}")
    op.execute(PROGRESS.format(promises=SINCE))


def downgrade() -> None:
    op.execute(PROGRESS.format(promises=AT_FIRST))
    op.execute("alter table question drop column promised_anew_at")
