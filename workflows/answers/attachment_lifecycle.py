"""The life of a file: from the quarantine to the clean copy that an editor releases."""

from workflows.answers.attachment_models import Attachment
from workflows.answers.attachment_models import AttachmentState as S
from workflows.core.lifecycle import Lifecycle, Move
from workflows.core.parties import editors, the_clock
from workflows.core.words import mark as _

ATTACHMENT = Lifecycle(
    "attachment",
    Attachment,
    S.QUARANTINED,
    (
        Move("clean", S.QUARANTINED, S.CLEAN, by=the_clock, label=_("Clean copy made")),
        Move("refuse", S.QUARANTINED, S.REFUSED, by=the_clock, label=_("File refused"), asks=("reason",)),
        Move("release", S.CLEAN, S.RELEASED, by=editors, label=_("Release"), asks=("title",)),
        Move("turn_down", (S.CLEAN, S.RELEASED), S.REFUSED, by=editors, label=_("Refuse the file")),
    ),
)
