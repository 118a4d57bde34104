"""Every duration and limit a client may wish to change, as plain constants: no logic, no environment.

Units are in the names: `_WORKING_DAYS` count in the calendar of whoever has to act (`workflows/core/calendars.py`),
`_DAYS` are calendar days, a `timedelta` is clock time. In a ladder of offsets (in the unit of its period) a negative
number is before the due date, 0 is the due date and a positive number is after it; `_FROM_START` counts from the start.
"""

from datetime import time, timedelta
from typing import Final

# --- When letters may reach people ------------------------------------------------------------------------------------

LETTERS_OPEN: Final = time(9, 0)  # local time of the recipient
LETTERS_CLOSE: Final = time(16, 0)  # local; the first minute at which it is too late for today
DIGESTS_PER_PERSON_PER_DAY: Final = 1
LETTERS_PER_PERSON_PER_DAY: Final = 5  # hard cap, urgent offers included; what is over waits for the next opening
REMINDERS_PER_DEADLINE: Final = 6  # hard cap, escalations not included
AWAY_DAYS_MAX: Final = 365  # as far ahead as somebody may say that they are away
ABSENCES_MAX: Final = 30  # periods still to come that one partner organisation may have

# --- Where the helpdesk lives -----------------------------------------------------------------------------------------

HELPDESK_COUNTRY: Final = "BE"  # whose holidays it keeps; dates said to requesters count in this calendar
HELPDESK_TIMEZONE: Final = "Europe/Brussels"

# --- Triage of a new question (helpdesk) ------------------------------------------------------------------------------

TRIAGE_WORKING_DAYS: Final = 2
TRIAGE_REMINDERS: Final = (0,)
TRIAGE_TELL_MANAGER: Final = 1

# --- Offer of an assignment (partner) ---------------------------------------------------------------------------------

OFFER_WORKING_DAYS: Final = 3
OFFER_URGENT_WORKING_DAYS: Final = 1
OFFER_REMINDERS_FROM_START: Final = (2,)  # of the working days of a normal offer; as far from the due date in others
OFFER_REMINDERS: Final = (0,)
OFFER_TELL_DESK: Final = 1
OFFER_LAPSES: Final = 3  # the next partner is then proposed
PARTNERS_SIDE_BY_SIDE: Final = 2  # as many at work on one question: nobody else is proposed; an officer may still ask

# --- Submission of an accepted assignment (partner) -------------------------------------------------------------------

SUBMISSION_WORKING_DAYS: Final = 10
SUBMISSION_URGENT_WORKING_DAYS: Final = 3
SUBMISSION_URGENT_LONGEST_WORKING_DAYS: Final = 5  # the desk may set an urgent one anywhere from 3 to here
SUBMISSION_FIELD_VISIT_WORKING_DAYS: Final = 20
SUBMISSION_LONGEST_WORKING_DAYS: Final = 60  # no commission, extensions included, is set further ahead at once
SUBMISSION_REMINDERS: Final = (-3, 0, 2, 5)  # with the third the desk is told
SUBMISSION_TELL_MANAGER: Final = 7
REQUESTER_DATE_MARGIN_WORKING_DAYS: Final = 3  # the date a requester reads = submit-by + this, in the desk's calendar
LATE_RESEARCH_WORKING_DAYS: Final = 5  # what late research may still need: the new date = today + this + the margin

# --- What a partner gets for an assignment ----------------------------------------------------------------------------

AGREED_HOURS_MAX: Final = 1_000  # of one assignment
AGREED_AMOUNT_MAX: Final = 1_000_000  # in whatever currency
AGREED_CURRENCY: Final = "EUR"  # what the form of an offer begins with

# --- Review of an answer (editor): all three count from the submission ------------------------------------------------

REVIEW_WORKING_DAYS: Final = 3
REVIEW_REMINDERS_FROM_START: Final = (3,)
REVIEW_SECOND_EDITOR_FROM_START: Final = 5
REVIEW_TELL_MANAGER_FROM_START: Final = 8
RETURNED_WORKING_DAYS: Final = 5  # for the partner, to send a returned answer again; a later agreed date stays

# --- A question back to the requester: calendar days from asking, while the clocks of the question stand still --------

CLARIFICATION_REMINDERS_FROM_START_DAYS: Final = (3, 10)
CLARIFICATION_CLOSES_DAYS: Final = 30

# --- A question that was declined, and second thoughts ----------------------------------------------------------------

DECLINE_CLOSES_DAYS: Final = 30  # the reason can be read this long, and for the erasure period after it
REOPEN_DAYS: Final = 90  # closed or unanswered clarification → triaged
UNMERGE_DAYS: Final = 14
MERGED_AT_ONCE: Final = 10  # questions on one page of merging

# --- After the reply --------------------------------------------------------------------------------------------------

REPLY_CLOSES_DAYS: Final = 30  # a question that was answered is closed by then
VERDICT_AFTER_DAYS: Final = 14  # then whoever got the answer is asked, once, whether it was right

# --- Excerpts: shelf life and verification, calendar days -------------------------------------------------------------

PRIORITY_FACTORS: Final = {"A": 0.5, "B": 1.0, "C": 1.5}  # country priority × shelf life of the topic
CHECK_SOON_SHARE: Final = 0.2  # last part of the validity that counts as "check soon" …
CHECK_SOON_LONGEST_DAYS: Final = 30  # … and never longer than this
EXPIRES_AFTER_DAYS: Final = 90  # out of date → expired: out of default search and suggestions
EXCERPT_ALERTS_DAYS: Final = (-30, -7, 0, 14)  # around valid-until
APPROVALS: Final = 1  # editors beside the writer who must agree before a text is published …
APPROVALS_SENSITIVE: Final = 2  # … and when one of its topics is sensitive
HOLD_REVIEW_DAYS: Final = 14  # an excerpt put on hold is looked at again by then
HOLD_ALERTS_DAYS: Final = (0, 7)  # its owner, then every editor
ALERTS_PER_EDITOR_PER_DAY: Final = 6  # about excerpts and sheets; what is over waits for the next working day

# --- What people want to know, for "fix first" ------------------------------------------------------------------------

DEMAND_DAYS: Final = 90  # how far back questions and searches count, calendar days
DEMAND_QUESTION_WEIGHT: Final = 5  # a question counts as this many searches in vain
DEMAND_OFTEN: Final = 3  # questions (or as much searching) from which a cell is marked as asked often
FIX_FIRST: Final = 8  # cells in the list
RECHECKS_FILL_PARTNER_TO: Final = 10  # offers and assignments in hand; a request for many texts gives a partner no more
SEARCH_TALLIES_KEPT_DAYS: Final = 400

# --- Country sheets, calendar days ------------------------------------------------------------------------------------

SHEET_REVIEW_DAYS: Final = 365  # after an edition is published
SHEET_ALERTS_DAYS: Final = (-30, -7, 0)
SHEET_EXPIRES_AFTER_DAYS: Final = 60  # after the review date
SHEET_PART_MAX: Final = 14_000  # bytes of words on one page of a sheet, which is then 11 kB with gzip

# --- Who makes the country sheets: stands in the front matter of every edition ----------------------------------------

PROJECT_PARTNERS: Final[tuple[str, ...]] = ()  # organisations of the project, never those in the countries
PROJECT_FUNDING: Final = ""  # whom the project thanks; empty leaves the line out

# --- What is kept, and for how long -----------------------------------------------------------------------------------

ERASURE_DAYS: Final = 90  # after closing: contact, originals and messages go, the receipt code dies, counts stay
SESSIONS_KEPT_DAYS: Final = 30  # ended sessions and used invitations, for the account holder's own list
DRAFTS_KEPT: Final = 20  # earlier drafts of one answer, until it is accepted …
DRAFTS_KEPT_DAYS: Final = 30  # … and no longer than this
SENT_IN_VAIN_KEPT_DAYS: Final = 90  # after a task ended: an answer that was withdrawn or rejected, and never published
UNSENT_KEPT_DAYS: Final = 30  # after a task ended: what its writer typed and never sent, to be read and copied
DRAFT_GOES_ON: Final = timedelta(minutes=10)  # a page that saves by itself begins another draft after this …
DRAFT_LOSES: Final = 20  # … or when more than so many characters were taken out
COPY_KEPT_DAYS: Final = 7  # what a browser of the portal keeps, encrypted, of texts that it could not send
UNCONFIRMED_DAYS: Final = 7  # an address typed for letters about news, whose owner did not agree
FORMER_ADDRESS_KEPT_DAYS: Final = 14  # where an account was written to before: the letter that says so goes there too
LETTERS_KEPT_DAYS: Final = 180  # envelopes of letters already sent; they hold no text

# --- Sessions ---------------------------------------------------------------------------------------------------------

PORTAL_IDLE: Final = timedelta(minutes=15)
PORTAL_ABSOLUTE: Final = timedelta(hours=8)
DESK_IDLE: Final = timedelta(minutes=30)
DESK_ABSOLUTE: Final = timedelta(hours=12)
CASELOAD_IDLE: Final = timedelta(minutes=30)
CASELOAD_ABSOLUTE: Final = timedelta(hours=12)
REQUESTER_IDLE: Final = timedelta(minutes=20)
REQUESTER_ABSOLUTE: Final = timedelta(hours=2)
LAST_SEEN_RESOLUTION: Final = timedelta(minutes=1)  # a busy session writes its last-seen at most this often
STEP_UP_VALID: Final = timedelta(minutes=10)  # a fresh second factor covers exports and changes of accounts so long
HALF_LOGIN_VALID: Final = timedelta(minutes=5)  # between the password and the second factor

# --- Asking and following ---------------------------------------------------------------------------------------------

FORM_FILL_SHORTEST: Final = timedelta(seconds=3)  # a form sent back sooner was not read by a person
FORM_FILL_LONGEST: Final = timedelta(hours=24)  # an older form is sent again, with its texts; a token lives 12
CODE_SHOWN_AGAIN: Final = timedelta(minutes=10)  # after filing, to whoever sends the same form once more
EXIT_ADDRESS: Final = "https://www.meteo.be/"  # where "Leave this page" leads: a page that surprises nobody
SUBSCRIBER_LETTER_EVERY: Final = timedelta(days=1)  # to an address that somebody typed, however often it is typed
SUBSCRIBER_PAGE_DAYS: Final = 30  # how far back the page of a subscriber tells news
FOLLOWED_MOST: Final = 20  # countries and topics of one address

# --- Accounts ---------------------------------------------------------------------------------------------------------

INVITATION_VALID: Final = timedelta(hours=72)
PASSWORD_MIN_LENGTH: Final = 15
PASSWORD_MAX_LENGTH: Final = 128  # keeps the slow hash from being fed a book
RECOVERY_CODES: Final = 10
TOTP_STEPS_OF_DRIFT: Final = 1  # 30-second steps accepted on either side
ARGON2_TIME_COST: Final = 2
ARGON2_MEMORY_KIB: Final = 19 * 1024
ARGON2_PARALLELISM: Final = 1

# --- Slowing down guesses: delay, never lock-out (a lock-out lets a stranger exclude a partner) -----------------------

LOGIN_FREE_TRIES: Final = 5  # failures without delay, per account and per network
LOGIN_DELAY_BASE: Final = timedelta(seconds=2)  # doubles with each further failure …
LOGIN_DELAY_LONGEST: Final = timedelta(minutes=5)  # … up to here
LOGIN_FAILURES_FORGOTTEN: Final = timedelta(hours=1)
CODE_FREE_TRIES: Final = 5  # wrong receipt codes without delay, per network
CODE_DELAY_BASE: Final = timedelta(seconds=2)
CODE_DELAY_LONGEST: Final = timedelta(minutes=1)
CODE_FAILURES_FORGOTTEN: Final = timedelta(minutes=15)

# --- Rate limits, per network (a keyed digest of the shortened address; no address is stored) -------------------------

ASKS_PER_NETWORK: Final = "10 per hour"
ASKS_PER_COUNSELLOR: Final = "30 per hour"  # by account: an office shares one network
REPORTS_PER_NETWORK: Final = "10 per hour"  # the same for forms that ask for letters about news
ACCOUNT_FORMS_PER_NETWORK: Final = "60 per minute"  # taking an invitation, a code once more, another password
SEARCHES_PER_NETWORK: Final = "120 per minute"
API_CALLS_PER_NETWORK: Final = "300 per minute"
SHEET_FILES_PER_NETWORK: Final = "60 per minute"  # Word files and PDFs of sheets together
UPLOADS_PER_ACCOUNT: Final = "60 per hour"
ADDRESS_BITS_KEPT_V4: Final = 24
ADDRESS_BITS_KEPT_V6: Final = 48

# --- Outbox and letters -----------------------------------------------------------------------------------------------

OUTBOX_LEASE: Final = timedelta(seconds=120)  # longer than all the waits of one hand-over, or a slow one goes out twice
SMTP_TIMEOUT: Final = timedelta(seconds=20)  # for each reply of the mail server; a hand-over waits for five at most
LETTERS_LEASED_TOGETHER: Final = 20  # of those that nobody tried to send before
HANDED_OVER_WITHIN: Final = timedelta(seconds=15)  # of their lease; what is left by then is leased and written anew
SEND_ATTEMPTS: Final = 8  # then a dead letter and a desk task
BACKOFF_BASE: Final = timedelta(seconds=30)  # doubles with each attempt …
BACKOFF_LONGEST: Final = timedelta(hours=1)  # … up to here
LETTERS_PER_SWEEP: Final = 200
DEADLINES_PER_SWEEP: Final = 500
FILES_PER_SWEEP: Final = 50
TEXTS_INDEXED_PER_SWEEP: Final = 500
EVENTS_SEALED_PER_SWEEP: Final = 1000
EVENTS_TOLD_PER_SWEEP: Final = 1000
SWEEP_LONGEST: Final = timedelta(seconds=60)  # the rest of what is due waits for the next sweep

# --- Frequent searches, made ready (workflows/excerpts/champions.py) --------------------------------------------------

CHAMPIONS_FROM: Final = 5_000  # texts that a search finds; fewer are counted fast enough
CHAMPIONS_SAMPLE: Final = 2_000  # texts that are looked through for frequent words, once a day
CHAMPIONS_MOST: Final = 5_000  # rows that the clock keeps ready

# --- Dumps of what is published, and health ---------------------------------------------------------------------------

DUMP_AFTER_MIDNIGHT: Final = timedelta(hours=2)  # at the helpdesk; the first sweep after that makes the day's dump
DUMP_LATE_AFTER: Final = timedelta(hours=36)  # an older one is said to be late on its page
HEARTBEAT_LATE_AFTER: Final = timedelta(minutes=5)  # /healthz/clock answers 503 after this silence

# --- Texts, in characters ---------------------------------------------------------------------------------------------

ORIGINAL_TEXT_MIN: Final = 20
ORIGINAL_WORDS_MIN: Final = 3  # enough as well: where vowels are not written a whole question has fewer letters
ORIGINAL_TEXT_MAX: Final = 4_000  # one question, as the requester wrote it
MESSAGE_MAX: Final = 2_000
CONTACT_MAX: Final = 254  # an address of e-mail; a telephone number is shorter
PLACE_MAX: Final = 120
LABEL_MAX: Final = 120  # a counsellor's own label, a partner's name
POINT_TEXT_MAX: Final = 1_000  # one neutral point
POINTS_PER_QUESTION: Final = 12
QUESTIONS_PER_REQUEST: Final = 5
TERMS_MAX: Final = 4_000
ANSWER_TEXT_MAX: Final = 12_000  # one point
SOURCE_FIELD_MAX: Final = 500
SOURCES_PER_ANSWER: Final = 40
PRICES_PER_ANSWER: Final = 60
CONTACTS_PER_ANSWER: Final = 20
EDITOR_NOTE_MAX: Final = 4_000
COMMENT_MAX: Final = 4_000
REASON_MAX: Final = 500
EXCERPT_TITLE_MAX: Final = 160
EXCERPT_SUMMARY_MAX: Final = 600
EXCERPT_TEXT_MAX: Final = 40_000
SENTENCE_WORDS_MAX: Final = 25  # a longer sentence is pointed out to the editor
SHEET_INTRO_MAX: Final = 2_000  # the words before a section of a country sheet
SHEET_PINS_MAX: Final = 60  # texts in one section
REPLY_TEXT_MAX: Final = 12_000
REPORT_TEXT_MAX: Final = 2_000
SEARCH_QUERY_MAX: Final = 200
NAME_MAX: Final = 120

# --- Lists ------------------------------------------------------------------------------------------------------------

PAGE_SIZE_PUBLIC: Final = 20
SITEMAP_PART: Final = 20_000  # addresses; search engines take 50,000 and 50 MB
VERSIONS_SHOWN: Final = 50  # newest versions in an excerpt's timeline; older ones keep their own addresses
PUNCTUALITY_LAST: Final = 20  # submissions of a partner that say whether it is on time
PAGE_SIZE_DESK: Final = 50
SIMILAR_SHOWN: Final = 5  # questions beside a question, the likest first
SIMILAR_WITHIN_DAYS: Final = 180  # answered and closed questions are compared when they came in since
SIMILAR_COMPARED: Final = 300  # newest questions of the country
MATCHES_SHOWN: Final = 10  # published texts beside a question, the likeliest first
API_PAGE_SIZE: Final = 20
API_PAGE_SIZE_LARGEST: Final = 100
FEED_ENTRIES: Final = 50

# --- Files ------------------------------------------------------------------------------------------------------------

UPLOAD_MAX_BYTES: Final = 10 * 1024 * 1024
REQUEST_MAX_BYTES: Final = 12 * 1024 * 1024  # a whole form with its file
FORM_MAX_BYTES: Final = 1024 * 1024  # a form without files
ANSWER_FORM_MAX_BYTES: Final = 4 * 1024 * 1024  # an answer as full as the limits allow, each letter sent as six bytes
ATTACHMENTS_PER_ANSWER: Final = 5
IMAGE_MAX_PIXELS: Final = 40_000_000
DOCX_MAX_MEMBERS: Final = 500
DOCX_MAX_UNPACKED_BYTES: Final = 50 * 1024 * 1024
DOCX_MAX_RATIO: Final = 100  # unpacked size over packed size, per member
WORD_FORM_MAX_BYTES: Final = 1024 * 1024  # of what is read of a Word form that came back
WORD_UPLOADS_KEPT_DAYS: Final = 7  # a Word form that was read and neither taken over nor thrown away
PDF_MAX_PAGES: Final = 500
ATTACHMENT_TRIES: Final = 3  # to get a clean copy out of a file that does not come out at once
ATTACHMENT_TRIED_AGAIN: Final = timedelta(minutes=1)
REQUEST_DRAINED_BYTES: Final = 64 * 1024 * 1024  # of what is too large, so that a browser reads the page that says so
CLEAN_COPY_MAX_BYTES: Final = 20 * 1024 * 1024  # a photo written anew may be larger than it came
SANDBOX_MEMORY_BYTES: Final = 512 * 1024 * 1024  # of the process that opens one foreign file
SANDBOX_CPU_SECONDS: Final = 20
SANDBOX_LONGEST: Final = timedelta(seconds=30)  # by the clock on the wall, start included
SANDBOXES_AT_ONCE: Final = 2  # on one machine; each may take SANDBOX_MEMORY_BYTES
SANDBOX_PATIENCE: Final = timedelta(seconds=8)  # how long the next file waits for its turn
SANDBOX_BUSY: Final = timedelta(minutes=1)  # after which whoever was turned away tries again
EXPORT_ROWS_MAX: Final = 5_000

# --- Caching of public pages ------------------------------------------------------------------------------------------

PUBLIC_CACHE: Final = timedelta(minutes=5)  # a withdrawal shows everywhere within this time
MADE_PAGES_MOST: Final = 8 * 2**20  # bytes of pages as they were made, in each process of the public site
MADE_PAGE_WEIGHS: Final = 1000  # bytes that each of these takes beside its text
