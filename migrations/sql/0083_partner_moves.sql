-- What an attack with the portal's credentials and a live session could still do to a partner's own work: accept an answer,
-- add to one that was accepted, write as the desk, take reminders away.

-- The state before a change, for the checks below. A policy's USING cannot ask it: the site locks a row to say why it is
-- over, and what USING hides cannot be locked. Volatile, so that it sees what others committed while a statement waited.
create function answer_state(answer uuid) returns text
    language sql volatile security definer set search_path = pg_catalog, public
    return (select a.state from public.answer a where a.id = answer and a.partner_id = authn.current_partner());
create function assignment_state(commission uuid) returns text
    language sql volatile security definer set search_path = pg_catalog, public
    return (select a.state from public.assignment a where a.id = commission and a.partner_id = authn.current_partner());
revoke all on function answer_state(uuid), assignment_state(uuid) from public;
grant execute on function answer_state(uuid), assignment_state(uuid) to app_partner;

create policy moves on assignment as restrictive for update to app_partner using (true) with check (
    case assignment_state(id)
        when 'offered' then state in ('offered', 'accepted', 'declined')
        when 'accepted' then state in ('accepted', 'released')
        else false
    end);

create policy begins on answer as restrictive for insert to app_partner with check (
    state = 'draft' and submitted_at is null and assignment_state(assignment_id) = 'accepted');
create policy moves on answer as restrictive for update to app_partner using (true) with check (
    case answer_state(id)
        when 'draft' then state in ('draft', 'submitted', 'withdrawn')
        when 'returned' then state in ('returned', 'submitted', 'withdrawn')
        when 'submitted' then state = 'withdrawn'
        else false
    end);

create policy open on revision as restrictive for insert to app_partner with check (
    submitted_by = authn.current_researcher() and answer_state(answer_id) in ('draft', 'returned'));

create policy says on assignment_message as restrictive for insert to app_partner with check (
    direction = 'from_partner' and author_id = authn.current_researcher());

-- Reminders go when what they remind of is over, or waits for the desk.
create policy ladders on reminder as restrictive for insert to app_partner with check (
    case ladder
        when 'assignment.submission' then partner_sees(object_id)
        when 'answer.review' then partner_answers(object_id)
        else false
    end);
create policy over on reminder as restrictive for delete to app_partner using (
    case ladder
        when 'assignment.offer' then exists (
            select from assignment a where a.id = object_id and a.state <> 'offered')
        when 'assignment.submission' then exists (
            select from assignment a left join answer n on n.assignment_id = a.id
            where a.id = object_id
              and (a.state <> 'accepted' or a.paused_at is not null or n.state not in ('draft', 'returned')))
        when 'answer.review' then exists (
            select from answer n where n.id = object_id and n.state <> 'submitted')
        else false
    end);
