"""The lives of an excerpt and of each of its versions, and the reminders before and after it goes stale."""

from typing import Any

from config import policy
from workflows.core.actors import Actor
from workflows.core.lifecycle import Lifecycle, Move, Notice, Party
from workflows.core.parties import another_editor, editors, one_editor, the_clock
from workflows.core.reminders import Ladder, Rung, Unit
from workflows.core.words import mark as _
from workflows.excerpts.keepers import hold_owner, keeper
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.models import ExcerptState as E
from workflows.excerpts.models import VersionState as V


def _has_not_approved(actor: Actor, row: Any) -> bool:
    return another_editor.includes(actor, row) and actor.id not in {one.editor_id for one in row.approvals}


next_approver = Party("another editor who has not approved it yet", _has_not_approved)

APPROVAL_WANTED = Notice("approval_wanted", to=editors)
CHECK_SOON = Notice("excerpt_check_soon", to=one_editor)
OUT_OF_DATE = Notice("excerpt_out_of_date", to=one_editor)
EXPIRED = Notice("excerpt_expired", to=one_editor)

EXCERPT_VERSION = Lifecycle(
    "excerpt_version",
    ExcerptVersion,
    V.DRAFT,
    (
        Move("send_for_approval", V.DRAFT, V.IN_REVIEW, by=editors, label=_("Send for approval"),
             tells=(APPROVAL_WANTED,)),
        Move("ask_changes", V.IN_REVIEW, V.CHANGES_ASKED, by=another_editor, label=_("Ask for changes"),
             asks=("comments",), tells=(Notice("changes_asked", to=editors),)),
        Move("schedule", V.IN_REVIEW, V.SCHEDULED, by=next_approver, label=_("Approve for a day")),
        Move("publish_on_the_day", V.SCHEDULED, V.PUBLISHED, by=the_clock, label=_("Publish on the day")),
        Move("miss_the_day", V.SCHEDULED, V.DRAFT, by=the_clock, label=_("Not publish after all"),
             tells=(Notice("publication_missed", to=editors),)),
        Move("cancel_the_day", V.SCHEDULED, V.IN_REVIEW, by=editors, label=_("Cancel the day")),
        Move("rework", (V.CHANGES_ASKED, V.IN_REVIEW, V.SCHEDULED), V.DRAFT, by=editors, label=_("Work on it again")),
        Move("discard", (V.DRAFT, V.CHANGES_ASKED), V.DISCARDED, by=editors, label=_("Discard")),
        Move("approve", V.IN_REVIEW, V.IN_REVIEW, by=next_approver, label=_("Approve"), tells=(APPROVAL_WANTED,)),
        Move("publish", V.IN_REVIEW, V.PUBLISHED, by=next_approver, label=_("Approve and publish")),
        Move("supersede", V.PUBLISHED, V.SUPERSEDED, by=(editors, the_clock), label=_("Replace")),
    ),
)  # fmt: skip

EXCERPT = Lifecycle(
    "excerpt",
    Excerpt,
    E.UNPUBLISHED,
    (
        Move("publish", (E.UNPUBLISHED, E.PUBLISHED, E.ON_HOLD, E.WITHDRAWN), E.PUBLISHED,
             by=(editors, the_clock), label=_("Publish")),
        Move("discard", E.UNPUBLISHED, E.DISCARDED, by=editors, label=_("Discard")),
        Move("confirm", E.PUBLISHED, E.PUBLISHED, by=editors, label=_("Still true"), asks=("source", "date")),
        Move("hold", E.PUBLISHED, E.ON_HOLD, by=editors, label=_("Put on hold"), asks=("reason",)),
        Move("resume", E.ON_HOLD, E.PUBLISHED, by=editors, label=_("Publish again")),
        Move("withdraw", (E.PUBLISHED, E.ON_HOLD), E.WITHDRAWN, by=editors, label=_("Withdraw"), asks=("notice",)),
        Move("retract", (E.PUBLISHED, E.ON_HOLD, E.WITHDRAWN), E.RETRACTED, by=editors, label=_("Retract"),
             asks=("notice",)),
        Move("archive", (E.WITHDRAWN, E.RETRACTED), E.ARCHIVED, by=editors, label=_("Archive")),
        Move("restore", E.ARCHIVED, E.WITHDRAWN, by=editors, label=_("Bring back")),
        Move("restore_retracted", E.ARCHIVED, E.RETRACTED, by=editors, label=_("Bring back, as retracted")),
    ),
)  # fmt: skip

FRESHNESS_LADDER = Ladder(
    "excerpt.freshness", Excerpt, "valid_until", Unit.DAYS,
    (
        Rung("check_early", policy.EXCERPT_ALERTS_DAYS[0], (CHECK_SOON,), picks=keeper),
        Rung("check_soon", policy.EXCERPT_ALERTS_DAYS[1], (CHECK_SOON,), picks=keeper),
        Rung("out_of_date", policy.EXCERPT_ALERTS_DAYS[2], (OUT_OF_DATE,), before_half=True, picks=keeper),
        Rung("still_out_of_date", policy.EXCERPT_ALERTS_DAYS[3], (OUT_OF_DATE,), picks=keeper),
        Rung("expired", policy.EXPIRES_AFTER_DAYS, (EXPIRED,), picks=keeper),
    ),
    live=lambda excerpt: excerpt.state == E.PUBLISHED,
    per_day=policy.ALERTS_PER_EDITOR_PER_DAY,
)  # fmt: skip

HOLD_LADDER = Ladder(
    "excerpt.hold", Excerpt, "hold_review_on", Unit.DAYS,
    (
        Rung("due", policy.HOLD_ALERTS_DAYS[0], (Notice("hold_due", to=one_editor),), picks=hold_owner),
        Rung("late", policy.HOLD_ALERTS_DAYS[1], (Notice("hold_late", to=editors),)),
    ),
    live=lambda excerpt: excerpt.state == E.ON_HOLD,
)  # fmt: skip
