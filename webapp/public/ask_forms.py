"""The asking form of the public site: who it is for, an address for news, and a trap for machines."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField

from webapp.asking import QuestionsForm, as_choices
from webapp.tickets import Ticket
from workflows.requests.drafts import Draft
from workflows.requests.words import CONSENT_VERSION, KINDS, Kind


class AskForm(QuestionsForm):
    """The whole page. `website` is seen by machines only."""

    requester_kind = RadioField(_("Who is this for?"), default=Kind.SELF.value, validate_choice=False)
    contact = StringField(_("Your e-mail"))
    website = StringField(_("Leave this empty"))

    def offer(self, countries: Mapping[str, str]) -> None:
        """Also say whom it may be for."""
        self.requester_kind.choices = as_choices({kind.value: gettext(label) for kind, label in KINDS.items()})
        super().offer(countries)

    def ticket_to_file(self, now: datetime) -> Ticket | None:
        """The ticket, when a person seems to have sent this; else None, and the form can be sent again as it stands."""
        ticket = super().ticket_to_file(now)
        trapped, self.website.data = bool(self.website.data), ""
        return None if ticket is None or trapped or ticket.is_too_fast(now) else ticket

    def draft(self, ticket: Ticket) -> Draft:
        """What was typed, for the domain."""
        return Draft(
            submission_id=ticket.submission_id,
            requester_kind=self.requester_kind.data or "",
            language=self.language.data or "",
            questions=self.typed_questions(),
            contact=self.contact.data,
            consent=CONSENT_VERSION if self.consent.data else None,
        )
