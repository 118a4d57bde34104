"""The form of a partner organisation."""

from collections.abc import Mapping

from babel import Locale
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, StringField

from web_kit.forms import EditForm, checkboxes
from web_kit.language import current
from webapp.desk.accounts_forms import spoken_in
from workflows.accounts.models import PartnerOrganisation
from workflows.accounts.partners import Profile
from workflows.core.calendars import holidays_known
from workflows.core.words import PARTNERS
from workflows.vocabulary.queries import alphabetical


class PartnerForm(EditForm):
    """Where a partner works and in what. `offer` has to be called before it is shown."""

    name = StringField(_("Name"))
    countries = checkboxes(_("Works in"))
    language = SelectField(_("Preferred language"), validate_choice=False)
    others = checkboxes(_("Other languages it works in"))
    timezone = StringField(_("Time zone"))
    calendar = SelectField(_("Public holidays"), validate_choice=False)
    active = BooleanField(_("Takes new assignments"))

    @classmethod
    def of(cls, partner: PartnerOrganisation) -> "PartnerForm":
        """The form with what stands."""
        columns = ("name", "countries", "timezone", "calendar", "active", "version")
        spoken = {"language": partner.languages[0], "others": partner.languages[1:]}
        return cls(formdata=None, data={name: getattr(partner, name) for name in columns} | spoken)

    def offer(self, countries: Mapping[str, str]) -> "PartnerForm":
        """The choices, in the reader's language."""
        spoken = list(spoken_in(PARTNERS).items())
        self.countries.choices = list(countries.items())
        self.language.choices = self.others.choices = spoken
        self.calendar.choices = [("", gettext("As in its country")), *_holidays()]
        return self

    def profile(self) -> Profile:
        """What was typed, as the domain takes it."""
        languages = dict.fromkeys([self.language.data or "", *(self.others.data or ())])
        zone, calendar = (self.timezone.data or "").strip(), self.calendar.data or ""
        active = bool(self.active.data)
        return Profile(self.name.data or "", self.countries.data or [], [*languages], zone, calendar, active)


def _holidays() -> list[tuple[str, str]]:
    """Every country whose public holidays are known, in the alphabetical order of the page's language."""
    names = Locale.parse(current()).territories
    known = [(code, names.get(code, code)) for code in holidays_known()]
    return sorted(known, key=lambda one: alphabetical(one[1]))
