"""The life of an edition, and the reminders before and after a country sheet's review date."""

from config import policy
from workflows.core.lifecycle import Lifecycle, Move, Notice
from workflows.core.parties import another_editor, editors, one_editor
from workflows.core.reminders import Ladder, Rung, Unit
from workflows.core.words import mark as _
from workflows.sheets.keepers import keeper
from workflows.sheets.models import CountrySheet, Edition
from workflows.sheets.models import EditionState as S

SHEET_CHECK_SOON = Notice("sheet_check_soon", to=one_editor)
SHEET_OUT_OF_DATE = Notice("sheet_out_of_date", to=one_editor)
SHEET_EXPIRED = Notice("sheet_expired", to=one_editor)

EDITION = Lifecycle(
    "edition",
    Edition,
    S.DRAFT,
    (
        Move("send_for_approval", S.DRAFT, S.IN_REVIEW, by=editors, label=_("Send for approval"),
             tells=(Notice("edition_approval_wanted", to=editors),)),
        Move("rework", S.IN_REVIEW, S.DRAFT, by=editors, label=_("Work on it again")),
        Move("publish", S.IN_REVIEW, S.PUBLISHED, by=another_editor, label=_("Approve and publish")),
        Move("discard", (S.DRAFT, S.IN_REVIEW), S.DISCARDED, by=editors, label=_("Discard")),
        Move("supersede", S.PUBLISHED, S.SUPERSEDED, by=editors, label=_("Replace")),
    ),
)  # fmt: skip

SHEET_LADDER = Ladder(
    "sheet.review", CountrySheet, "review_on", Unit.DAYS,
    (
        Rung("check_early", policy.SHEET_ALERTS_DAYS[0], (SHEET_CHECK_SOON,), picks=keeper),
        Rung("check_soon", policy.SHEET_ALERTS_DAYS[1], (SHEET_CHECK_SOON,), picks=keeper),
        Rung("out_of_date", policy.SHEET_ALERTS_DAYS[2], (SHEET_OUT_OF_DATE,), before_half=True, picks=keeper),
        Rung("expired", policy.SHEET_EXPIRES_AFTER_DAYS, (SHEET_EXPIRED,), picks=keeper),
    ),
    live=lambda sheet: sheet.review_on is not None,
    per_day=policy.ALERTS_PER_EDITOR_PER_DAY,
)  # fmt: skip
