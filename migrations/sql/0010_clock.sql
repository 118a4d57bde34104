-- Pauses: since when the clocks of a question and of a commission stand still. The public site ends the first one when
-- the reply comes, and puts a new question on the one ladder that begins with it; the portal ends the second.
alter table question add column clarification_asked_at timestamptz;
alter table assignment add column held_at timestamptz;
update question set clarification_asked_at = clarification_closes_at - interval '30 days'
    where state = 'clarification_asked';
grant select (clarification_asked_at), update (clarification_asked_at) on question to app_public;
grant update (held_at) on assignment to app_partner;
grant insert on reminder to app_public;
create policy ask on reminder for insert to app_public with check (ladder = 'question.triage');

-- Who began a review is asked last when a second editor is looked for.
grant select (id, answer_id, editor_id) on review to app_worker;

-- Letters that gave up: the desk sees to them.
alter table letter add column handled_at timestamptz;
alter table letter add column handled_how text;
create index ix_letter_given_up on letter (created_at) where state = 'gave_up' and handled_at is null;
grant update (handled_at, handled_how) on letter to app_desk;
