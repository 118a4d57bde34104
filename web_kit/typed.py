"""What somebody typed, given back on the page that refuses it: under the labels of its form, choices in their words."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from flask import current_app, g, request
from flask_babel import gettext as _
from wtforms import BooleanField, Field, FieldList, FileField, FormField, HiddenField, PasswordField, SelectField

from web_kit.dates import DayMonthYear
from web_kit.language import listed

View = TypeVar("View", bound=Callable[..., Any])
SECRETS = frozenset({"password", "present", "chosen", "again", "code", "enrolment"})
HIDDEN = SECRETS | {"csrf_token", "version", "ticket", "once", "sent_again", "seen", "keeps", "do", "press"}
UNSHOWN = (HiddenField, PasswordField, FileField)


def fills(*forms: Callable[..., Any]) -> Callable[[View], View]:
    """What is sent to this view fills these forms, each made without arguments: a refusal that comes before the view
    knows their labels.
    """

    def declare(view: View) -> View:
        view.filled = forms  # type: ignore[attr-defined]
        return view

    return declare


def note_form(form: Any) -> None:
    """This form was filled from what was sent."""
    g.setdefault("typed_forms", []).append(form)


def typed_texts() -> list[tuple[str, str]]:
    """The longer texts of the form that was sent, by the names of their fields."""
    return [
        (name, text) for name, text in request.form.items(multi=True) if name not in HIDDEN and len(text.strip()) > 2
    ]


def typed_fields() -> list[tuple[str, str]]:
    """Label and text of each field that was filled in, to copy back. What no form has read has no label; of that only
    sentences count when a form was read, since the rest are words of the machine.
    """
    if "typed_forms" not in g:
        for make in getattr(current_app.view_functions.get(request.endpoint or ""), "filled", ()):
            make()
    fields = [field for form in g.get("typed_forms", ()) for field in _fields(form)]
    said = [(str(field.label.text), text) for field in fields if (text := _said(field))]
    known = {field.name for field in fields}
    rest = [text for name, text in typed_texts() if name not in known and (not said or len(text.split()) > 1)]
    return said + [("", text) for text in rest]


def _fields(form: Any) -> Iterator[Field]:
    names = dict.fromkeys((*getattr(form, "page_order", ()), *form._fields))
    for field in map(form._fields.get, names):
        if isinstance(field, FieldList):
            for entry in field:
                yield from _fields(entry.form) if isinstance(entry, FormField) else (entry,)
        elif isinstance(field, FormField):
            yield from _fields(field.form)
        else:
            yield field


def _said(field: Any) -> str:
    """As a person would say it; empty for what was left empty."""
    if isinstance(field, UNSHOWN) or field.short_name in HIDDEN:
        return ""
    if isinstance(field, BooleanField):
        return _("Yes") if field.data else ""
    if isinstance(field, DayMonthYear):
        return " ".join(filter(None, field.typed()))
    if not field.raw_data:  # what it was set to beforehand nobody wrote
        return ""
    if isinstance(field, SelectField):
        return listed(choice.label for choice in field.iter_choices() if choice.selected and choice.value)
    return field.data.strip() if isinstance(field.data, str) else ""
