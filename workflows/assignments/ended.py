"""What a partner reads when a task is not theirs to work on any more.

Who asked, and what became of the question or who works on it now, a partner does not learn.
"""

from workflows.assignments.models import AssignmentState as S
from workflows.core.words import mark as _

WHY: dict[str, str] = {
    S.OFFERED: _("Nobody has accepted this task yet."),
    S.COMPLETED: _("The answer was accepted: this task is finished."),
    S.DECLINED: _("Your organisation said no to this task."),
    S.LAPSED: _("Nobody replied to this offer in time."),
    S.RELEASED: _("Your organisation gave this task back."),
    S.REVOKED: _("The desk took this task back: it is not needed any more."),
}
