alter policy caseload on reminder with check (ladder = 'question.triage');
alter policy ask on reminder with check (ladder = 'question.triage');
drop policy says on message;
drop policy moves on question;
drop policy unlinked on question;
drop policy ask on question;
create policy ask on question for insert to app_public with check (state = 'received');
drop function just_asked(uuid), just_filed(uuid);
