drop index ix_letter_given_up;
alter table letter drop column handled_how, drop column handled_at;
revoke select (id, answer_id, editor_id) on review from app_worker;
drop policy ask on reminder;
revoke insert on reminder from app_public;
alter table assignment drop column held_at;
alter table question drop column clarification_asked_at;
