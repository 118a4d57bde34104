"""The base of every form, and what to do when two people edit at once."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice, SelectFieldBase
from wtforms.widgets import CheckboxInput, ListWidget

from web_kit.language import listed, say_date
from web_kit.typed import note_form
from workflows.core.errors import Incomplete

WRITTEN = (StringField, DateField, DecimalField, IntegerField)


class Form(FlaskForm):
    """Every form of Terrain: its CSRF token, and its errors beside the fields and, above them, in the page's order."""

    page_order: ClassVar[tuple[str, ...]] = ()
    """Fields as they stand on the page, where that is not the order in which they were declared."""

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)  # type: ignore[no-untyped-call]
        if values.get("formdata", True) is not None and self.is_submitted():  # type: ignore[no-untyped-call]
            note_form(self)
        self._fields = OrderedDict((name, self._fields[name]) for name in (*self.page_order, *self._fields))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every field accepts what was typed; the errors are beside the fields."""
        return bool(super().validate(extra_validators))  # type: ignore[no-untyped-call]

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """Put the domain's objections beside the fields they belong to; the rest goes on top."""
        for name, text in refused.problems.items():
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(translate(text, **refused.quoted))
            else:
                field.errors = [*field.errors, translate(text, **refused.quoted)]

    @property
    def holds_words(self) -> bool:
        """Whether anybody wrote something in it, which the page then says is still there."""
        return any(words_of(self))

    def leave_out(self, *names: str) -> None:
        """Do not ask for these; what is wrong with them is said above the form, for the page has nothing to lead to."""
        for name in names:
            if name in self._fields:
                self.form_errors.extend(self._fields.pop(name).errors)


class EditForm(Form):
    """A form over a row that others may edit too: it carries the version its writer was looking at."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version the person saw; -1, which no row has, when the field was tampered with."""
        return int(self.version.data) if str(self.version.data or "").isdecimal() else -1

    def beside(self, stands: Self) -> "list[Clash]":
        """What a colleague saved meanwhile beside what was typed, where they differ; this can then be sent over it."""
        self.version.data = stands.version.data
        asked = [field for field in self if field.name not in {"version", "csrf_token"}]
        said = [(field.label.text, _said(stands[field.name]), _said(field)) for field in asked]
        return [Clash(label, theirs, yours) for label, theirs, yours in said if theirs != yours]


@dataclass(frozen=True)
class Clash:
    """One field of an edit conflict: what stands now, and what this person typed."""

    label: str
    theirs: str
    yours: str


def answer_conflict(template: str, clashes: Sequence[Clash], **context: Any) -> ResponseReturnValue:
    """409 with both texts side by side; nothing was overwritten and nothing is lost."""
    return render_template(template, clashes=clashes, **context), 409


def words_of(fields: Iterable[Field]) -> Iterator[str]:
    """What was written in each of these fields, nothing for an empty one; what was only chosen is left out."""
    for field in fields:
        if isinstance(field, FieldList):
            yield from words_of(field.entries)
        elif isinstance(field, FormField):
            yield from words_of(field.form)
        elif isinstance(field, WRITTEN) and not isinstance(field, HiddenField | PasswordField):
            yield "".join(map(str, field.raw_data or [field.data or ""])).strip()


def checkboxes(label: Any, names: Mapping[str, Any] | None = None) -> Any:
    """Several of a list, as boxes. Without names they are filled in later, and the domain says which it knows."""
    return SelectMultipleField(
        label,
        choices=[SelectChoice(code, word) for code, word in (names or {}).items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=names is not None,
    )


def _said(field: Field) -> str:
    """A value in the words of the page."""
    if isinstance(field, BooleanField):
        return gettext("Yes") if field.data else gettext("No")
    names = {option.data: option.label.text for option in field} if isinstance(field, SelectFieldBase) else {}
    if isinstance(field.data, date):
        return say_date(field.data)
    values = field.data if isinstance(field.data, list) else [field.data]
    return listed(names.get(value, value) for value in values if value is not None)
