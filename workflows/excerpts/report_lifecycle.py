"""The life of a reader's report, from the public page to its outcome."""

from workflows.core.lifecycle import Lifecycle, Move, Notice
from workflows.core.parties import another_editor, editors
from workflows.core.words import mark as _
from workflows.excerpts.report_models import ReaderReport
from workflows.excerpts.report_models import ReportState as S

PERSONAL_DATA_REPORTED = "reader_report.personal"
"""The kind of the event that does not wait for anybody's digest."""
PERSONAL_DATA = Notice("personal_data_reported", to=editors, alone=True)

READER_REPORT = Lifecycle(
    "reader_report",
    ReaderReport,
    S.RECEIVED,
    (
        Move("recheck", S.RECEIVED, S.CHECKING, by=editors, label=_("Ask the partner again")),
        Move("clear", (S.RECEIVED, S.CHECKING), S.CLEARED, by=editors, label=_("Nothing to do")),
        Move("agree", S.CLEARED, S.CLOSED, by=another_editor, label=_("I agree")),
        Move("close", (S.RECEIVED, S.CHECKING, S.CLEARED), S.CLOSED, by=editors, label=_("Close"), asks=("outcome",)),
    ),
    begins=(Notice("reader_reported", to=editors),),
)
