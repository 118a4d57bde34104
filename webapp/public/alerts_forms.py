"""The two forms of letters about news: asking for them, and the list of whoever gets them."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, StringField

from web_kit.forms import Form, checkboxes
from web_kit.language import current
from webapp.asking import ANSWER_LANGUAGES, as_choices
from webapp.public.terms import Terms
from webapp.public.ticket_form import TicketForm
from workflows.subscribers.followed import Followed
from workflows.subscribers.public import Change, Listing, Wish


class ChoosingForm(Form):
    """What to follow, and the language of the letters."""

    country = SelectField(_("Country"), validate_choice=False)
    topic = SelectField(_("Topic"), validate_choice=False)
    language = SelectField(_("Language of the letters"), validate_choice=False, choices=ANSWER_LANGUAGES)

    def offer(self, terms: Terms, none: bool = False) -> None:
        """Fill in what can be chosen, in the language of the page; with `none` nothing need be. Every country is
        offered to those who chose something already: every topic in every country cannot be followed.
        """
        countries = {term.code: term.name(current()) for term in terms.alphabetical() if term.active}
        groups = {
            terms.topic_name(group.code): as_choices(
                {
                    group.code: gettext("%(topic)s: everything", topic=terms.topic_name(group.code)),
                    **{one.code: terms.topic_name(one.code) for one in group.topics if one.active},
                }
            )
            for group in terms.groups
            if group.active
        }
        every = gettext("Every country") if self.country.data or self.topic.data else gettext("Choose a country")
        self.country.choices = as_choices({"": "–" if none else every, **countries})
        self.topic.choices = {"": as_choices({"": "–" if none else gettext("Every topic")})} | groups

    @property
    def followed(self) -> Followed:
        """What was chosen, for the domain."""
        return Followed(self.country.data or "", self.topic.data or "")


class AlertsForm(TicketForm, ChoosingForm):
    """Asking for letters."""

    email = StringField(_("Your e-mail"))

    def wish(self) -> Wish:
        """What was typed, for the domain."""
        return Wish(self.email.data or "", self.followed, self.language.data or "")


class ListForm(ChoosingForm):
    """What is followed: each line with a box. `shown` names the lines that stood on the page."""

    kept = checkboxes(_("What you follow"))
    shown = HiddenField()

    def show(self, found: Listing, terms: Terms) -> None:
        """Fill in the lines, all of them ticked unless the form came back."""
        self.offer(terms, none=True)
        self.kept.choices = as_choices({str(line.id): label(line.followed, terms) for line in found.lines})
        if not self.shown.data:
            self.kept.data = [str(line.id) for line in found.lines]
            self.language.data = found.language
        self.shown.data = " ".join(str(line.id) for line in found.lines)

    def change(self) -> Change:
        """What was sent, for the domain."""
        shown = _ids((self.shown.data or "").split())
        return Change(shown, _ids(self.kept.data or ()), self.followed, self.language.data or "")


def label(followed: Followed, terms: Terms) -> str:
    """What is followed, in words."""
    country = terms.country_name(followed.country) if followed.country else gettext("Every country")
    topic = terms.topic_name(followed.topic) if followed.topic else gettext("Every topic")
    return f"{country} · {topic}"


def _ids(texts: Iterable[str]) -> frozenset[UUID]:
    """The numbers among them; what is none was not sent by our page."""
    found = set()
    for text in texts:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return frozenset(found)
