"""Who may do what in the database: every table and every function, for each of the five log-ins.

S reads, I adds, U changes, D deletes; columns in brackets when not all of them. "" is nothing. A new table, column
right or function that is not written here makes the tests fail.
"""

import re
from dataclasses import dataclass

LOG_INS = ("app_public", "app_desk", "app_partner", "app_counsellor", "app_worker")
ALL = "S I U D"

ASKED = (
    "I S(id channel language requester_kind consent_version consented_at received_at erased_at)"  # never the contact
)
QUESTION = (
    "I S(id request_id number state version language country topics received_at triage_by promised_by promised_anew_at"
    " clarification_asked_at clarification_closes_at closes_at decline_reason decline_shared merged_into_id closed_at"
    " was_triaged neutral_language)"
    " U(state version triage_by promised_by promised_anew_at clarification_asked_at clarification_closes_at closes_at closed_at"
    " reply_unread_since)"
)
MESSAGE = "I S(id question_id direction to_requester_shared at)"
REPLY = "S(id question_id language text_shared from_database sent_at corrects_id stood_until verdict)"
CASE = (  # whose caseload it is stands there from the beginning; a code may be made, never read
    "I S(id channel language requester_kind consent_version consented_at code_key_version submission_id received_at"
    " erased_at counsellor_id label_sealed) U(label_sealed code_hash code_key_version code_seed)"
)
COMMISSION = (
    "S U(state version accepted_at submit_by requester_date lapse_at decline_reason ask_again_after release_reason"
    " extension_until extension_refused paused_at held_at closed_at)"
)
SAID_OF_SOURCE = "label assessment_who assessment_what assessment_how assessment_why assessment_when"
SOURCE = (  # the sealed identity may be written, never read
    "I S(id answer_id position point_code kind label dated mode consent keeps_identity dropped assessment_who"
    " assessment_what assessment_how assessment_why assessment_when independence)"
    " U(position point_code kind label dated mode consent dropped assessment_who assessment_what assessment_how"
    " assessment_why assessment_when independence)"
)
CONTACT = (  # without consent how to reach them may be written, never read
    "I S(id answer_id position point_code label may_publish reach keeps_reach dropped)"
    " U(position point_code label may_publish reach dropped)"
)

FILE = (  # the portal reads neither what came nor the copy, the desk the copy alone
    "id answer_id partner_id question_id number kind state version reason size clean_size media public_title uploaded_at"
    " uploaded_by sent_in dropped attempts next_try_at"
)

# table: the public site, the desk, the portal, the caseload, the worker
TABLES: dict[str, tuple[str, str, str, str, str]] = {
    "alembic_version": ("", "", "", "", ""),
    "region": ("S", "S", "S", "S", "S"),
    "country": ("S", "S", "S", "S", "S"),
    "topic": ("S", "S", "S", "S", "S"),
    "facet": ("S", "S", "S", "S", "S"),
    "event": ("I", "S I", "I", "I", "S I"),
    "outbox": ("I", "I", "I", "I", "S I U"),
    "event_seal": ("", "S", "", "", "S I"),
    "heartbeat": ("S", "S", "S", "S", ALL),
    "set_aside": ("", "S", "", "", ALL),
    "reminder": ("I", ALL, "S I D", "I", ALL),
    "staff": ("", ALL, "", "", "S"),
    "partner_organisation": ("", ALL, "S", "", "S"),
    "researcher": (
        "",
        ALL,
        "S(id name language timezone active partner_id keeps_accounts shut_by_keeper) U(language)",
        "",
        "S",
    ),
    "partner_absence": ("", ALL, "S I U(version first_day last_day) D", "", "S"),
    "former_address": ("", "I", "", "", "S D"),
    "counsellor": ("", "S I U", "", "", "S"),
    "request": (ASKED, ALL, "", CASE, "S U"),
    "question": (QUESTION, ALL, "", QUESTION, "S U"),
    "question_point": ("S", ALL, "", "S", "S I D"),
    "second_reading": ("", "S I U", "", "", "S(question_id text_hash reader_id at sent_back)"),
    "message": (MESSAGE, ALL, "", MESSAGE, "S U D"),
    "internal_note": ("", "S I", "", "", "S(id question_id) D"),
    "assignment": ("", ALL, COMMISSION, "", "S I U"),
    "ask_instead": ("", ALL, "I", "", "S(id at) D"),
    "assignment_point": ("", ALL, "S", "", "S I U(text)"),
    "assignment_message": ("", ALL, "S I", "", "S(assignment_id) D"),
    "answer": ("", ALL, "S I U", "", "S U"),
    "ledger_entry": ("", "S I", "S(id partner_id assignment_id kind day hours amount currency reason)", "", ""),
    "answer_point": ("", ALL, ALL, "", "S(answer_id) D"),
    "source": ("", ALL, SOURCE, "", f"S(id answer_id) U({SAID_OF_SOURCE}) D"),
    "answer_price": ("", ALL, "S I U", "", "S(answer_id) D"),
    "answer_contact": ("", ALL, CONTACT, "", "S(id answer_id) U(label reach) D"),
    "attachment": (
        "",
        f"S({FILE} clean_sealed) U(state version reason public_title clean_sealed)",
        f"S({FILE}) I U(version sent_in dropped) D",
        "",
        "S U D",
    ),
    "word_upload": ("", "", "S I D", "", "S(id kept_until) D"),
    "kept_draft": ("", "S(id answer_id) D", "S I U(saved_at content) D", "", "S(id answer_id saved_at) D"),
    "revision": ("", "S", "S I", "", "S U(content content_hash)"),
    "review": ("", ALL, "", "", "S(id answer_id editor_id) U(checklist comments)"),
    "review_comment": ("", ALL, "S", "", "S(answer_id) D"),
    "excerpt": ("", ALL, "", "", "S U"),
    "excerpt_version": ("", ALL, "", "", "S U(state version approved_hash publish_at published_at)"),
    "answer_note": ("", "S I U(settled_at settled_by)", "", "", "S(answer_id) D"),
    "excerpt_note": ("", "S I U(settled_at settled_by) D", "", "", ""),
    "excerpt_kept_text": ("", "S I D", "", "", ""),
    "excerpt_approval": ("", ALL, "", "", "S D"),
    "excerpt_version_revision": ("", ALL, "", "", "S"),
    "excerpt_confirmation": ("", "S I U", "", "", "S U(state version)"),
    "verification": ("", ALL, "", "", ""),
    "search_tally": ("", "S", "", "", "S D"),
    "reuse_tally": ("", "S", "", "", "S D"),
    "published_excerpt": ("S", ALL, "", "S", "S I U"),
    "published_file": ("S(ref name media data)", "S I U(data)", "", "", "S I U(data)"),
    "search_champion": ("S", "", "", "S", ALL),
    "text_count": ("S", "", "", "S", ALL),
    "text_change": ("S", "", "", "S", "S D"),
    "text_write": ("S", "", "", "", "S I D"),
    "published_word": ("S", "S I D", "", "S", "S I D"),
    "published_version": ("S", ALL, "", "S", "S I"),
    "reader_report": ("I", ALL, "", "", "S U(text_sealed)"),
    "subscriber": ("", "", "", "", "S U D"),
    "subscription": ("", "S(subscriber_id country topic confirmed_at)", "", "", "S U D"),
    "reply": (REPLY, ALL, "", REPLY, "S U"),
    "reply_pin": ("S", ALL, "", "S", "S"),
    "recall": ("S", ALL, "", "S", "S I"),
    "country_sheet": ("", ALL, "", "", "S U(review_on)"),
    "edition": ("", ALL, "", "", "S"),
    "section": ("", ALL, "", "", "S"),
    "section_pin": ("", ALL, "", "", "S"),
    "published_edition": ("S", ALL, "", "", "S"),
    "delivery": ("", "S", "", "", ALL),
    "letter": ("", "S U(state next_try_at attempts lease_until last_error handled_at handled_how)", "", "", ALL),
    "authn.credential": ("", "", "", "", ""),
    "authn.recovery_code": ("", "", "", "", ""),
    "authn.invitation": ("", "", "", "", ""),
    "authn.session": ("", "", "", "", ""),
    "authn.throttle": ("", "", "", "", ""),
    "authn.decoy": ("", "", "", "", ""),
}

_LOGS_IN = ("app_desk", "app_partner", "app_counsellor")
_SITES = ("app_public", *_LOGS_IN)
_ASKERS = ("app_public", "app_counsellor")
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "authn.serves": (),
    "authn.is_welcome": (),
    "authn.standing": (),
    "authn.asking": (),
    "authn.lately": (),
    "authn.promote": (),
    **{
        f"authn.{name}": _LOGS_IN
        for name in ("salt_of", "begin_session", "factor_of", "pass_factor", "pass_recovery", "change_password",
                     "sessions_of", "end_all_sessions", "account_of", "look_at_invitation", "take_invitation",
                     "factor_held", "renew_session", "end_one_session", "renew_factor", "renew_recovery_codes")
    },
    **{
        f"authn.{name}": _SITES
        for name in ("live_session", "end_session", "wait_until", "failed", "forgive", "knows")
    },
    "tally_search": ("app_public",),
    "note_text_change": (),
    "groups_of": ("app_desk", "app_worker"),
    "country_topics": ("app_desk", "app_worker"),
    "note_text_write": (),
    "tally_reuse": ("app_public",),
    **{
        f"authn.{name}": ("app_public", "app_desk", "app_partner", "app_worker")
        for name in ("current_partner", "current_researcher", "current_request")
    },
    "authn.current_counsellor": ("app_counsellor",),
    "authn.asks": (),
    "authn.keeper": (),
    "authn.handle_of": (),
    **{
        f"authn.{name}": ("app_partner",)
        for name in ("leave_session", "was_ended", "colleagues_of", "invite_colleague", "invite_colleague_again",
                     "shut_colleague")
    },
    "authn.open_request": ("app_public",),
    "authn.make_invitation": ("app_desk",),
    "authn.shut_account": ("app_desk",),
    "authn.standing_of": ("app_desk",),
    "authn.tidy": ("app_worker",),
    "authn.cannot_enter": ("app_desk", "app_worker"),
    "requester_sees": _ASKERS,
    "requester_follows": _ASKERS,
    "requester_progress": _ASKERS,
    "requester_story": _ASKERS,
    "requester_state": ("app_counsellor",),
    "filed_at": ("app_public",),
    "just_filed": ("app_public",),
    "just_asked": ("app_public",),
    "code_seed": ("app_public",),
    "replace_code": ("app_public",),
    "burn_code": ("app_public",),
    "code_given": ("app_counsellor",),
    "judge_reply": ("app_public",),
    "forget_request": _ASKERS,
    **dict.fromkeys(("subscribe", "subscriptions_of", "change_subscriptions", "unsubscribe"), ("app_public",)),
    "partner_sees": ("app_partner",),
    "partner_answers": ("app_partner",),
    "answer_state": ("app_partner",),
    "assignment_state": ("app_partner",),
    "text_to_check": ("app_partner",),
    "partner_recorded": ("app_partner",),
    "history_kinds": ("app_public", "app_partner", "app_counsellor"),
    "happens_now": ("app_public", "app_partner", "app_counsellor"),
    "site_recorded": _ASKERS,
}  # fmt: skip

SEQUENCES: dict[str, tuple[str, ...]] = {
    "assignment_number": ("app_desk", "app_worker"),
    "text_change_id_seq": (),
    "text_write_id_seq": (),
}


@dataclass(frozen=True)
class Right:
    """One verb on one column of one table."""

    table: str
    verb: str
    column: str


def expected(log_in: str, columns: dict[str, list[str]]) -> set[Right]:
    """Every right of a log-in, spelled out by column; deleting has none."""
    place = LOG_INS.index(log_in)
    return {right for table, cells in TABLES.items() for right in _rights(table, cells[place], columns[table])}


def _rights(table: str, cell: str, columns: list[str]) -> set[Right]:
    rights = set()
    for verb, listed in re.findall(r"([SIUD])(?:\(([^)]*)\))?", cell):
        rights |= {Right(table, verb, name) for name in ([""] if verb == "D" else listed.split() or columns)}
    return rights
