"""Closed lists of an excerpt, each code with what it is called at the desk."""

from workflows.answers.words import CONFIDENCE, SOURCE_KINDS
from workflows.core.badge import Badge
from workflows.core.words import mark as _
from workflows.excerpts.corrected import CORRECTED
from workflows.excerpts.models import Change, ExcerptState, VersionState
from workflows.excerpts.report_models import Outcome, Reason, ReportState
from workflows.vocabulary.shelf_life import Freshness

__all__ = [
    "CHANGES",
    "CHANGE_HINTS",
    "CHANGE_WORDS",
    "CONFIDENCE",
    "FRESHNESS",
    "LANGUAGES",
    "OF_EXCERPT",
    "OF_READERS",
    "OF_REPORT",
    "OF_VERSION",
    "OUTCOMES",
    "REASONS",
    "SOURCE_KINDS",
]

LANGUAGES = {"en": "English", "fr": "Français", "nl": "Nederlands"}
"""In which excerpts are written; each under its own name."""


OF_EXCERPT = {
    ExcerptState.UNPUBLISHED: Badge("mute", "edit", _("Not published")),
    ExcerptState.PUBLISHED: Badge("ok", "check", _("Published")),
    ExcerptState.ON_HOLD: Badge("wait", "pause", _("On hold")),
    ExcerptState.WITHDRAWN: Badge("mute", "out", _("Withdrawn")),
    ExcerptState.RETRACTED: Badge("stop", "x", _("Retracted")),
    ExcerptState.ARCHIVED: Badge("mute", "lock", _("Archived")),
    ExcerptState.DISCARDED: Badge("mute", "trash", _("Discarded text")),
}

OF_READERS = {
    ExcerptState.ON_HOLD: Badge("wait", "pause", _("Being checked")),
    ExcerptState.WITHDRAWN: OF_EXCERPT[ExcerptState.WITHDRAWN],
    ExcerptState.RETRACTED: OF_EXCERPT[ExcerptState.RETRACTED],
    CORRECTED: Badge("stop", "warn", _("Corrected since")),
}
"""What has become of the version that readers have, when it is not simply published. Of a translation its original may
be the reason.
"""
OF_VERSION = {
    VersionState.DRAFT: Badge("mute", "edit", _("Draft")),
    VersionState.IN_REVIEW: Badge("info", "eye", _("Waiting for approval")),
    VersionState.SCHEDULED: Badge("info", "clock", _("Approved for a day")),
    VersionState.CHANGES_ASKED: Badge("act", "back", _("Changes asked")),
    VersionState.PUBLISHED: Badge("ok", "check", _("Published")),
    VersionState.SUPERSEDED: Badge("mute", "swap", _("Replaced")),
    VersionState.DISCARDED: Badge("mute", "trash", _("Discarded")),
}

FRESHNESS = {
    Freshness.CURRENT: _("Current"),
    Freshness.CHECK_SOON: _("Check soon"),
    Freshness.OUT_OF_DATE: _("Out of date"),
    Freshness.EXPIRED: _("Expired"),
    CORRECTED: _("Corrected since"),
}
"""How fresh a text is, or that it renders what was wrong."""

CHANGES = {
    Change.MINOR: _("Minor"),
    Change.UPDATE: _("Update"),
    Change.CORRECTION: _("Correction"),
}
CHANGE_HINTS = {
    Change.MINOR: _("Wording or spelling; nothing else was wrong."),
    Change.UPDATE: _("Things changed in the country since."),
    Change.CORRECTION: _("The text was wrong. Everyone who received it is told."),
}
CHANGE_WORDS = {Change.FIRST: _("First version"), **CHANGES}

REASONS = {
    Reason.WRONG: _("Something is wrong"),
    Reason.OUTDATED: _("It is out of date"),
    Reason.UNCLEAR: _("I do not understand it"),
    Reason.PERSONAL: _("It says something about a person"),
}
OF_REPORT = {
    ReportState.RECEIVED: Badge("act", "flag", _("New")),
    ReportState.CHECKING: Badge("info", "hist", _("Being rechecked")),
    ReportState.CLEARED: Badge("act", "eye", _("Waits for a second editor")),
    ReportState.CLOSED: Badge("mute", "check", _("Report closed")),
}
OUTCOMES = {
    Outcome.CORRECTED: _("The text was corrected"),
    Outcome.STILL_TRUE: _("The text is still true"),
    Outcome.TAKEN_BACK: _("The text was taken back"),
    Outcome.NOTHING: _("Nothing to do"),
}
