-- What an attack with the public site's or the caseload's own credentials could still reach: the reply to somebody else's
-- question, by filing one that says it was merged into that.

-- A visitor files a request and its questions in one transaction; into a request that was there before they put nothing.
create function just_filed(request uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    return exists (select 1 from public.request r where r.id = request and r.xmin = pg_current_xact_id()::xid);
create function just_asked(question uuid) returns boolean
    language sql stable security definer set search_path = pg_catalog, public
    return exists (select 1 from public.question q where q.id = question and q.xmin = pg_current_xact_id()::xid);
revoke all on function just_filed(uuid), just_asked(uuid) from public;
grant execute on function just_filed(uuid), just_asked(uuid) to app_public;

drop policy ask on question;
create policy ask on question for insert to app_public with check (just_filed(request_id));

-- These hold for whoever asks, by whichever of the policies above. What was asked is new, and the desk's words, links and
-- checks are the desk's; what was asked already moves only where whoever asked may move it.
create policy unlinked on question as restrictive for insert to app_public, app_counsellor with check (
    state = 'received' and merged_into_id is null and split_from_id is null and unmerge_by is null and not was_triaged
    and officer_id is null and decline_shared is null and closed_at is null);
create policy moves on question as restrictive for update to app_public, app_counsellor
    using (true) with check (state in ('received', 'triaged', 'withdrawn'));

-- Nobody writes to themselves in the helpdesk's name.
create policy says on message as restrictive for insert to app_public, app_counsellor with check (
    direction = 'from_requester' and to_requester_shared is null and author_id is null);

-- Nor puts somebody else's question on a ladder.
alter policy ask on reminder
    with check (ladder = 'question.triage' and (requester_sees(object_id) or just_asked(object_id)));
alter policy caseload on reminder with check (ladder = 'question.triage' and requester_sees(object_id));
