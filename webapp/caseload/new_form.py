"""The form with which a counsellor asks for one person."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField

from webapp.asking import WrittenDownForm
from webapp.tickets import Ticket
from workflows.requests.drafts import Draft
from workflows.requests.words import COUNSELLOR_CONSENT_VERSION, COUNSELLOR_NOT_PUBLISHED_VERSION, Kind


class ClientForm(WrittenDownForm):
    """The questions, and a label that only the counsellor reads."""

    page_order = ("label", "questions", "language", "consent", "publishing")
    label = StringField(_("Your label"))
    publishing = BooleanField(_("Helping others"))

    def draft(self, ticket: Ticket) -> Draft:
        """What was typed, for the domain; without an address, since the counsellor is written to."""
        agreed = COUNSELLOR_CONSENT_VERSION if self.publishing.data else COUNSELLOR_NOT_PUBLISHED_VERSION
        return Draft(
            submission_id=ticket.submission_id,
            requester_kind=Kind.HELPING,
            language=self.language.data or "",
            questions=self.typed_questions(),
            consent=agreed if self.consent.data else None,
        )
