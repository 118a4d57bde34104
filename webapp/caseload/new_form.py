"""The form with which a counsellor asks for one person."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from webapp.asking import QuestionsForm
from webapp.tickets import Ticket
from workflows.core.errors import Incomplete
from workflows.core.words import mark as _
from workflows.requests.drafts import CONSENT_MISSING, QUESTION_MISSING, Draft
from workflows.requests.words import COUNSELLOR_CONSENT_VERSION, Kind

ASKED_FOR_ANOTHER = {
    QUESTION_MISSING: _("Write the question."),
    CONSENT_MISSING: _("We need the person’s yes before we may read the question."),
}
"""What whoever asks for themselves reads, and what a counsellor reads instead."""


class ClientForm(QuestionsForm):
    """The questions, and a label that only the counsellor reads."""

    label = StringField(_l("Your label"))

    def offer(self, countries: Mapping[str, str]) -> None:
        """The choices; and labels that speak of somebody else's question, where errors are listed."""
        self.consent.label.text = gettext("The person’s agreement")
        for entry in self.questions:
            entry.form.text.label.text = gettext("The question")
        super().offer(countries)

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """What is wrong, said of somebody else's question."""
        told = {name: ASKED_FOR_ANOTHER.get(text, text) for name, text in refused.problems.items()}
        super().show_problems(Incomplete(told), translate)

    def draft(self, ticket: Ticket) -> Draft:
        """What was typed, for the domain; without an address, since the counsellor is written to."""
        return Draft(
            submission_id=ticket.submission_id,
            requester_kind=Kind.HELPING,
            language=self.language.data or "",
            questions=self.typed_questions(),
            consent=COUNSELLOR_CONSENT_VERSION if self.consent.data else None,
        )
