"""Imports every table, so that `Base.metadata` is whole: for migrations, tests and tools."""

from workflows.accounts import models as accounts
from workflows.answers import attachment_models as attachments
from workflows.answers import draft_models as drafts
from workflows.answers import ledger_models as ledger
from workflows.answers import models as answers
from workflows.answers import word_upload_models as word_uploads
from workflows.assignments import models as assignments
from workflows.core import events, heartbeat, reminders, set_aside
from workflows.core.db import Base
from workflows.excerpts import champions, counts, published_files, published_words, tally, writes
from workflows.excerpts import confirmation_models as confirmations
from workflows.excerpts import models as excerpts
from workflows.excerpts import report_models as reports
from workflows.notices import models as notices
from workflows.replies import models as replies
from workflows.requests import models as requests
from workflows.sheets import models as sheets
from workflows.subscribers import models as subscribers
from workflows.vocabulary import models as vocabulary

SLICES = (
    vocabulary,
    accounts,
    requests,
    assignments,
    answers,
    attachments,
    drafts,
    ledger,
    word_uploads,
    excerpts,
    confirmations,
    published_files,
    published_words,
    champions,
    counts,
    tally,
    writes,
    reports,
    replies,
    sheets,
    subscribers,
    notices,
)
CORE = (events, heartbeat, reminders, set_aside)
metadata = Base.metadata
