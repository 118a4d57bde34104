"""The form of a reader's report, with a trap for machines."""

from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, StringField, TextAreaField

from web_kit.forms import Form
from webapp.tickets import Ticket
from workflows.excerpts.reports import Reported
from workflows.excerpts.words import REASONS


class ReportForm(Form):
    """What is wrong. `website` is seen by machines only; `ticket` makes sending twice harmless."""

    reason = RadioField(_("What did you find?"), validate_choice=False)
    text = TextAreaField(_("Tell us more"))
    website = StringField(_("Leave this empty"))
    ticket = HiddenField()

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.reason.choices = {code.value: gettext(label) for code, label in REASONS.items()}

    @classmethod
    def blank(cls, now: datetime) -> "ReportForm":
        """A new form with a ticket of its own."""
        return cls(formdata=None, data={"ticket": Ticket.issue(now).sign()})

    def ticket_to_file(self, now: datetime) -> Ticket | None:
        """The ticket, when a person seems to have sent this; else None, and the form can be sent again as it stands."""
        ticket = Ticket.read(self.ticket.data or "")
        if ticket is None or ticket.is_too_old(now):
            self.ticket.data = Ticket.issue(now).sign()
            return None
        trapped, self.website.data = bool(self.website.data), ""
        return None if trapped or ticket.is_too_fast(now) else ticket

    def reported(self, ticket: Ticket) -> Reported:
        """What was typed, for the domain."""
        return Reported(ticket.submission_id, self.reason.data or "", self.text.data or "")
