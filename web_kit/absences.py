"""The form of days away, the same for a partner in the portal and for the desk that does it for them."""

from flask_babel import lazy_gettext as _l

from web_kit.dates import DayMonthYear
from web_kit.forms import Clash, EditForm
from web_kit.language import say_date
from workflows.accounts.absences import Period
from workflows.accounts.models import PartnerAbsence


class AbsenceForm(EditForm):
    """From a day to a day, both included."""

    first_day = DayMonthYear(_l("First day away"))
    last_day = DayMonthYear(_l("Last day away"))

    @classmethod
    def of(cls, absence: PartnerAbsence) -> "AbsenceForm":
        """The form with the days that stand."""
        days = {"first_day": absence.first_day, "last_day": absence.last_day}
        return cls(formdata=None, version=absence.version, **days)

    @property
    def period(self) -> Period:
        """What was typed."""
        return Period(self.first_day.data, self.last_day.data)

    def clashes_with(self, absence: PartnerAbsence) -> list[Clash]:
        """What a colleague chose meanwhile beside what was typed; the form can then be sent over it."""
        self.version.data = str(absence.version)
        pairs = ((self.first_day, absence.first_day), (self.last_day, absence.last_day))
        return [Clash(field.label.text, say_date(theirs), say_date(field.data)) for field, theirs in pairs]
