"""The form of a reader's report."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField

from webapp.public.ticket_form import TicketForm
from webapp.tickets import Ticket
from workflows.excerpts.reports import Reported
from workflows.excerpts.words import REASONS


class ReportForm(TicketForm):
    """What is wrong."""

    reason = RadioField(_("What did you find?"), validate_choice=False)
    text = TextAreaField(_("Tell us more"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.reason.choices = {code.value: gettext(label) for code, label in REASONS.items()}

    def reported(self, ticket: Ticket) -> Reported:
        """What was typed, for the domain."""
        return Reported(ticket.submission_id, self.reason.data or "", self.text.data or "")
