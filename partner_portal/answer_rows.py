"""The rows of a point in the form of an answer: sources, prices, contacts. Their fields are named as in the drafts."""

from typing import Any, ClassVar
from uuid import UUID

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, HiddenField, SelectField, StringField, TextAreaField

from partner_portal.forms import worded
from web_kit.dates import DayMonthYear
from workflows.answers import words
from workflows.answers.completeness import ASSESSMENT
from workflows.answers.drafts import ContactDraft, PriceDraft, RowDraft, SourceDraft
from workflows.core.errors import NotFound


class Rows(FieldList):
    """A list of parts whose errors are always those of its parts, also of parts that got theirs later."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)  # type: ignore[no-untyped-call]

    @property
    def errors(self) -> Any:
        return [entry.errors for entry in self.entries if entry.errors]

    @errors.setter
    def errors(self, found: Any) -> None:
        """What the base class remembers is in the parts already."""


class RowForm(wtforms.Form):
    """One row of a list. Without an id it is new."""

    makes: ClassVar[type[RowDraft]]

    def is_blank(self) -> bool:
        """Was nothing written in a new row?"""
        return not any(_filled(field) for field in self)

    def is_begun(self) -> bool:
        """Was it stored before, so that it may be shown folded?"""
        return bool(self._fields["id"].data) and not self.errors

    def draft(self, code: str) -> RowDraft:
        """The row as the domain takes it. Refuses (NotFound) an id that is none."""
        values = {field.short_name: _value(field) for field in self}
        given = values.pop("id")
        try:
            return self.makes(point_code=code, id=UUID(given) if given else None, unread=unread_in(self), **values)
        except ValueError:
            raise NotFound(self.makes.__name__) from None


def unread_in(part: wtforms.Form) -> frozenset[str]:
    """The days of a part that were typed and could not be read."""
    return frozenset(field.short_name for field in part if field.process_errors)


def leaning() -> dict[str, str]:
    """On its own, or with the sources of the same letter."""
    return {"": _("No, it stands on its own")} | {
        letter: _("Yes: group %(letter)s", letter=letter) for letter in words.INDEPENDENCE
    }


class SourceRow(RowForm):
    """One source of a point, its fields in the order of the page."""

    makes = SourceDraft
    id = HiddenField()
    label = StringField(_l("What it is, without names"), default="")
    kind = SelectField(_l("Kind"), choices=lambda: worded(words.SOURCE_KINDS, _("Choose")), validate_choice=False)
    mode = SelectField(_l("How"), choices=lambda: worded(words.MODES, _("Choose")), validate_choice=False)
    consent = SelectField(
        _l("What may be published"), choices=lambda: worded(words.CONSENT, _("Choose")), validate_choice=False
    )
    dated = DayMonthYear(_l("When you saw or heard it"))
    identity = StringField(_l("Who or what exactly"), default="")
    independence = SelectField(
        _l("Does it lean on another source?"), choices=leaning, validate_choice=False, default=""
    )
    assessment_who = StringField(_l("Who says it?"), default="")
    assessment_what = StringField(_l("What exactly do they say?"), default="")
    assessment_how = StringField(_l("How do they know it?"), default="")
    assessment_why = StringField(_l("Why do they say it?"), default="")
    assessment_when = StringField(_l("When did they learn it?"), default="")

    @property
    def is_assessed(self) -> bool:
        """Was anything said about how good it is?"""
        return any(field.data or field.errors for name, field in self._fields.items() if name in ASSESSED)


ASSESSED = (*ASSESSMENT, "independence")


class PriceRow(RowForm):
    """One price of a point."""

    makes = PriceDraft
    id = HiddenField()
    what = StringField(_l("What has this price?"), default="")
    amount = StringField(_l("Amount"), default="")
    currency = StringField(_l("Currency"), default="")
    unit = StringField(_l("Unit"), default="")
    day = DayMonthYear(_l("On which day was this the price?"))


class ContactRow(RowForm):
    """One contact of a point."""

    makes = ContactDraft
    id = HiddenField()
    label = StringField(_l("Who or what it is, without names"), default="")
    may_publish = BooleanField(_l("They agreed that this is published"))
    reach = TextAreaField(_l("Name, address, telephone, hours"), default="")


def _filled(field: Any) -> bool:
    if isinstance(field, DayMonthYear):
        return any(field.typed())
    return bool(field.data.strip() if isinstance(field.data, str) else field.data)


def _value(field: Any) -> Any:
    return field.data if isinstance(field, DayMonthYear | BooleanField) else field.data or ""
