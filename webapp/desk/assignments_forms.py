"""The forms of assignments: an offer, a reply to the partner, another date."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from config import policy
from web_kit.amounts import Number
from web_kit.dates import DayMonthYear
from web_kit.forms import EditForm
from web_kit.language import language_name
from webapp.desk.questions_forms import PointsForm
from workflows.assignments.agreement import Agreement
from workflows.assignments.partner_choice import OfferPage
from workflows.assignments.terms import OfferDraft


class OfferForm(PointsForm):
    """What the partner will read, and by when they answer."""

    language = SelectField(_("Language of the points"), validate_choice=False)
    terms = TextAreaField(_("Terms of reference"))
    hours = Number(_("Hours"))
    amount = Number(_("Fee"))
    currency = StringField(_("Currency"))
    effort = StringField(_("What else was agreed"))
    respond_by = DayMonthYear(_("Respond by"))
    submit_by = DayMonthYear(_("Submit by"))
    field_visit = BooleanField(_("A visit on the spot is needed"))
    others = HiddenField()
    outside_country = BooleanField(_("Yes, this partner, although they do not work in the country"))

    @classmethod
    def of(cls, page: OfferPage, version: int | None = None, *, sent: bool = False) -> "OfferForm":
        """The form as it was sent, or with what an offer to this partner begins with."""
        form = cls() if sent else cls(formdata=None, **_values(page, version))
        form.language.choices = {code: language_name(code) for code in page.partner.languages}
        form.fill_points(form.point_texts() if sent else page.points)
        form.label_points()
        return form

    @property
    def seen_others(self) -> int:
        """How many partners were at work when the form was opened."""
        return int(self.others.data) if str(self.others.data or "").isdecimal() else 0

    def draft(self) -> OfferDraft:
        """What was typed."""
        return OfferDraft(
            language=self.language.data or "",
            points=self.point_texts(),
            terms=self.terms.data or "",
            effort=self.effort.data or "",
            agreed=Agreement(self.hours.data, self.amount.data, self.currency.data or ""),
            respond_by=self.respond_by.data,
            submit_by=self.submit_by.data,
            field_visit=bool(self.field_visit.data),
            outside_country=bool(self.outside_country.data),
        )


class PartnerReplyForm(EditForm):
    """A word to the partner."""

    message = TextAreaField(_("Your reply"))


class ExtendForm(EditForm):
    """Another day to submit by."""

    until = DayMonthYear(_("New day to submit by"))


def _values(page: OfferPage, version: int | None) -> dict[str, Any]:
    return {
        "language": page.language,
        "terms": page.terms,
        "effort": page.effort,
        "hours": page.agreed.hours,
        "amount": page.agreed.amount,
        "currency": page.agreed.currency or policy.AGREED_CURRENCY,
        "respond_by": page.respond_by,
        "submit_by": page.submit_by,
        "field_visit": page.field_visit,
        "version": version,
        "others": page.others,
    }
