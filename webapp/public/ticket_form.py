"""What the small forms share that anybody may send: a ticket, and a trap for machines."""

from datetime import datetime
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField

from web_kit.forms import Form
from webapp.tickets import Ticket


class TicketForm(Form):
    """`website` is seen by machines only; `ticket` tells when the form was made, and makes sending twice harmless."""

    website = StringField(_("Leave this empty"))
    ticket = HiddenField()

    @classmethod
    def blank(cls, now: datetime, **values: Any) -> Self:
        """A new form with a ticket of its own."""
        return cls(formdata=None, data={"ticket": Ticket.issue(now).sign(), **values})

    def ticket_to_file(self, now: datetime) -> Ticket | None:
        """The ticket, when a person seems to have sent this; else None, and the form can be sent again as it stands."""
        ticket = Ticket.read(self.ticket.data or "")
        if ticket is None or ticket.is_too_old(now):
            self.ticket.data = Ticket.issue(now).sign()
            return None
        trapped, self.website.data = bool(self.website.data), ""
        return None if trapped or ticket.is_too_fast(now) else ticket
