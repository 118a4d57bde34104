drop policy over on reminder;
drop policy ladders on reminder;
drop policy says on assignment_message;
drop policy open on revision;
drop policy moves on answer;
drop policy begins on answer;
drop policy moves on assignment;
drop function assignment_state(uuid), answer_state(uuid);
