"""Every column of every table belongs to one class, and each class says who may ever read what stands in it.

A column that is not named here makes the tests fail, so that nobody adds one without thinking of its readers.
"""

from dataclasses import dataclass

DESK = frozenset({"officer", "editor", "second editor", "manager", "administrator"})
EDITORS = frozenset({"editor", "second editor"})
EVERYWHERE = frozenset({"*"})


@dataclass(frozen=True)
class Class:
    """Who may read it. `text`: people's words, into which the canary puts a marker."""

    name: str
    readers: frozenset[str]
    text: bool = True
    at_rest: bool = True
    """Whether it may lie in the database as it was written."""


PLAIN = Class("ids, codes, dates and numbers", EVERYWHERE, text=False)
SECRET = Class("keys, digests and sealed blobs", frozenset(), text=False)
PUBLISHED = Class("published words", EVERYWHERE)
ASKED = Class("what a requester wrote, and officers' notes about it", frozenset({"officer", "asker"}), at_rest=False)
"""An asker has the form before them: it carries from page to page what they have typed so far."""
TOLD = Class("what a requester is told", frozenset({"requester", "counsellor", "officer", *EDITORS}), at_rest=False)
NEUTRAL = Class("the neutral question", frozenset({"requester", "counsellor", "researcher", "officer", *EDITORS}))
REPORTED = Class("what a reader reported", EDITORS, at_rest=False)
WORK = Class("a partner's work", frozenset({"researcher", "officer", *EDITORS}))
FILES = Class("what stands in a partner's files", EDITORS, at_rest=False)
IDENTITY = Class("who a source is", EDITORS, at_rest=False)
LEDGER = Class("why a partner gets more or less", frozenset({"researcher", "manager"}))
HINTS = Class("whom a partner says to ask instead", frozenset({"officer"}), at_rest=False)
SUBSCRIBERS = Class("who follows what is published", frozenset(), at_rest=False)
NOTES = Class("notes of the desk", DESK)
EDITORIAL = Class("what editors say to one another", EDITORS)
STAFF = Class("who works at the desk", DESK)
FORMER = Class("where letters for an account went before", frozenset())
LABEL = Class("a counsellor's own label", frozenset({"counsellor"}), at_rest=False)
COUNSELLORS = Class("who our counsellors are", frozenset({"administrator", "counsellor"}))
PARTNERS = Class("who our partners are", DESK | {"researcher"})

_VOCABULARY = {PLAIN: "code position active parent_code sensitive shelf_life_days iso3 iso2 region_code priority timezone calendar",
               PUBLISHED: "name_en name_fr name_nl name_ar name_es name_ru"}  # fmt: skip
_FLAT = {
    PLAIN: "ref number country topic_group topic_groups topics facets language source_ref source_number confidence information_date valid_until"
    " check_soon_from expires_on published_on changed_on corrected_on state listed search analysis change retracted",
    PUBLISHED: "place title summary body unknown sources notice public_note translated_notes credit files",
}

TABLES: dict[str, dict[Class, str]] = {
    "region": _VOCABULARY,
    "country": _VOCABULARY,
    "topic": _VOCABULARY,
    "facet": _VOCABULARY,
    "event": {PLAIN: "id kind object_kind object_id question_id actor_kind actor_id from_state to_state codes at"},
    "outbox": {PLAIN: "event_id at done_at"},
    "search_tally": {PLAIN: "day country topic_group searches"},
    "reuse_tally": {PLAIN: "day ref answered"},
    "event_seal": {PLAIN: "number event_id", SECRET: "digest"},
    "heartbeat": {PLAIN: "job at"},
    "set_aside": {PLAIN: "object_id until failures error"},
    "reminder": {PLAIN: "object_id ladder rung due_at anchor country timezone"},
    "staff": {PLAIN: "id roles calendar language timezone active away_until single_keys", STAFF: "name email"},
    "partner_organisation": {
        PLAIN: "id version countries languages timezone calendar active", PARTNERS: "name",
    },
    "partner_absence": {PLAIN: "id version partner_id first_day last_day"},
    "researcher": {PLAIN: "id partner_id language timezone active keeps_accounts shut_by_keeper", PARTNERS: "name email"},
    "former_address": {PLAIN: "event_id kind language at", FORMER: "address"},
    "counsellor": {PLAIN: "id language timezone active", COUNSELLORS: "name email organisation"},
    "request": {
        LABEL: "label_sealed",
        PLAIN: "id counsellor_id channel language requester_kind consent_version consented_at code_key_version submission_id"
        " received_at erased_at",
        SECRET: "code_hash code_seed",
        ASKED: "contact_sealed",
    },
    "question": {
        PLAIN: "id request_id number state version language neutral_language country topics facets urgency officer_id received_at"
        " triage_by promised_by promised_anew_at clarification_asked_at clarification_closes_at closes_at decline_reason merged_into_id"
        " unmerge_by closed_at split_from_id matched personal_details was_triaged"
        " reply_unread_since second_reading_owed sent_back_by",
        ASKED: "original_sealed override_sealed urgency_reason_sealed",
        NEUTRAL: "place",
        TOLD: "decline_shared",
    },
    "question_point": {PLAIN: "id question_id code position", NEUTRAL: "text"},
    "second_reading": {PLAIN: "question_id reader_id at sent_back", SECRET: "text_hash"},
    "message": {
        PLAIN: "id question_id direction author_id at", TOLD: "to_requester_shared", ASKED: "from_requester_sealed",
    },
    "internal_note": {PLAIN: "id question_id author_id at", ASKED: "text_sealed"},
    "assignment": {
        PLAIN: "id number kind question_id excerpt_id text_number country topics state version proposed_partner_id partner_id"
        " language urgency field_visit created_at created_by offered_at respond_by lapse_at accepted_at submit_by agreed_hours agreed_amount agreed_currency"
        " requester_date paused_at held_at decline_reason ask_again_after extension_until extension_refused closed_at replaces_id",
        NEUTRAL: "place",
        WORK: "terms effort release_reason",
    },
    "ask_instead": {PLAIN: "id assignment_id at", HINTS: "text_sealed"},
    "ledger_entry": {
        PLAIN: "id partner_id assignment_id kind day hours amount currency author_id at", LEDGER: "reason",
    },
    "assignment_point": {PLAIN: "id assignment_id code position", NEUTRAL: "text"},
    "assignment_message": {PLAIN: "id assignment_id direction author_id at", WORK: "text"},
    "answer": {
        PLAIN: "id assignment_id partner_id question_id state version round saved_at saved_page saved_turn submitted_at review_by"
        " unsent_erased_at content_erased_at credit",
        WORK: "note_for_editor reject_reason",
    },
    "answer_point": {
        PLAIN: "id answer_id code position information_date confidence not_found", WORK: "text place searched_where",
    },
    "source": {
        PLAIN: "id answer_id position point_code kind dated mode consent keeps_identity dropped independence",
        WORK: "label assessment_who assessment_what assessment_how assessment_why assessment_when",
        IDENTITY: "identity_sealed",
    },
    "answer_price": {PLAIN: "id answer_id position point_code day dropped", WORK: "what amount currency unit"},
    "answer_contact": {
        PLAIN: "id answer_id position point_code may_publish keeps_reach dropped",
        WORK: "label reach",
        IDENTITY: "reach_sealed",
    },
    "attachment": {
        PLAIN: "id answer_id partner_id question_id number kind state version reason size clean_size media uploaded_at"
        " uploaded_by sent_in dropped attempts next_try_at",
        FILES: "original_sealed clean_sealed",
        PUBLISHED: "public_title",
    },
    "word_upload": {
        PLAIN: "id answer_id partner_id uploaded_at uploaded_by kept_until", WORK: "found", SECRET: "closed",
    },
    "kept_draft": {PLAIN: "id answer_id partner_id begun_at saved_at saved_by by_hand", WORK: "content"},
    "revision": {
        PLAIN: "id answer_id partner_id question_id number submitted_at submitted_by", SECRET: "content_hash",
        WORK: "content",
    },
    "review": {
        PLAIN: "id answer_id revision_id editor_id decision decided_at version saved_at", NOTES: "checklist comments",
    },
    "review_comment": {PLAIN: "id answer_id round point_code at", WORK: "text quote"},
    "excerpt": {
        PLAIN: "id ref country topic_group language state version partner_id valid_until hold_owner_id hold_review_on"
        " created_at source_id",
        NOTES: "hold_reason",
    },
    "excerpt_version": {
        PLAIN: "id excerpt_id number state version confidence topics facets information_date valid_until change"
        " author_id co_author_ids approver_id saved_at published_at publish_at source_number",
        SECRET: "approved_hash",
        PUBLISHED: "title summary body unknown place sources public_note translated_notes",
        NOTES: "valid_until_reason changes_wanted",
    },
    "answer_note": {
        PLAIN: "id answer_id round for_partner part paragraph reply_to author_id at settled_at settled_by",
        EDITORIAL: "quote text",
    },
    "excerpt_note": {
        PLAIN: "id version_id part paragraph reply_to author_id at settled_at settled_by", EDITORIAL: "quote text",
    },
    "excerpt_kept_text": {PLAIN: "version_id row_version editor_id at", NOTES: "content"},
    "excerpt_approval": {PLAIN: "version_id editor_id at"},
    "excerpt_version_revision": {PLAIN: "version_id revision_id"},
    "excerpt_confirmation": {
        PLAIN: "id excerpt_id number version state kind dated author_id at decided_by", NOTES: "source reason",
    },
    "verification": {
        PLAIN: "id excerpt_id version_id verified_on valid_until editor_id agreed_by_id at", PUBLISHED: "source",
    },
    "published_excerpt": _FLAT,
    "published_version": _FLAT,
    "published_file": {PLAIN: "ref number name attachment_id media", PUBLISHED: "data"},
    "published_word": {PUBLISHED: "word query holes"},
    "search_champion": {PLAIN: "day whole counts refs ranks dates", PUBLISHED: "query"},
    "text_count": {PLAIN: "day topic language topic_groups country freshness texts"},
    "text_change": {
        PLAIN: "id texts ref country topic_group topic_groups topics language valid_until check_soon_from expires_on corrected_on",
        PUBLISHED: "search",
    },
    "text_write": {PLAIN: "id writes"},
    "reader_report": {
        PLAIN: "id ref number reason state version assignment_id outcome cleared_by editor_id at closed_at", REPORTED: "text_sealed",
    },
    "reply": {PLAIN: "id question_id language from_database author_id sent_at corrects_id stood_until verdict judged_at", TOLD: "text_shared"},
    "reply_pin": {PLAIN: "reply_id ref number position"},
    "recall": {PLAIN: "id reply_id question_id ref kind at settled_at"},
    "country_sheet": {PLAIN: "id country language review_on"},
    "edition": {
        PLAIN: "id sheet_id number state version author_id co_author_ids approver_id saved_at published_at",
        SECRET: "approved_hash",
    },
    "section": {PLAIN: "id edition_id topic_group position", PUBLISHED: "intro"},
    "section_pin": {PLAIN: "id section_id excerpt_id ref number position"},
    "published_edition": {
        PLAIN: "country language number current published_on review_on expires_on docx_size pdf_size", PUBLISHED: "content docx pdf",
    },
    "subscriber": {PLAIN: "id language asked_at letter_at told_before", SECRET: "address_hash token_hash", SUBSCRIBERS: "address_sealed"},
    "subscription": {PLAIN: "id subscriber_id country topic asked_at confirmed_at"},
    "delivery": {
        PLAIN: "id event_id notice recipient_kind recipient_id alone due_at letter_id suppressed",
    },
    "letter": {
        PLAIN: "id recipient_kind recipient_id template message_id state created_at next_try_at lease_until attempts"
        " sent_at last_error handled_at handled_how",
    },
    "authn.credential": {
        PLAIN: "account_id site factor_counter active", STAFF: "login",
        SECRET: "salt parameters verifier factor_sealed",
    },
    "authn.recovery_code": {PLAIN: "account_id used_at", SECRET: "digest"},
    "authn.invitation": {PLAIN: "account_id site expires_at used_at revoked_at", SECRET: "digest"},
    "authn.session": {PLAIN: "site account_id level created_at seen_at expires_at revoked_at", SECRET: "digest"},
    "authn.decoy": {SECRET: "secret"},
    "authn.throttle": {PLAIN: "failures last_at", SECRET: "name"},
}  # fmt: skip


def class_of(table: str, column: str) -> Class | None:
    """The class of a column, None when nobody thought of it."""
    return next((one for one, names in TABLES.get(table, {}).items() if column in names.split()), None)
