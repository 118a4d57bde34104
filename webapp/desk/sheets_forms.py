"""The form in which an edition is composed: ten sections, each with its intro, its pins and a text to add."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask import request
from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice

from web_kit.forms import EditForm
from workflows.core.errors import Incomplete
from workflows.sheets.composition import Pin, Press, SectionDraft, Verb
from workflows.sheets.desk_queries import SectionRow
from workflows.sheets.pinning import Candidate


class SectionFields(wtforms.Form):
    """One section. Rules live in the domain; unknown codes are left out."""

    group = HiddenField()
    intro = TextAreaField(_("Introduction"))
    pins = SelectMultipleField(validate_choice=False)
    add = SelectField(_("Add a text"), validate_choice=False)

    @property
    def typed_pins(self) -> tuple[Pin, ...]:
        return tuple(pin for pin in map(Pin.parse, self.pins.data or ()) if pin)


class EditionForm(EditForm):
    """The whole edition under work."""

    sections = FieldList(FormField(SectionFields))

    @classmethod
    def of(cls, sections: Sequence[SectionRow], version: int) -> "EditionForm":
        """What stands in the edition."""
        rows = [
            {"group": section.group, "intro": section.intro, "pins": [str(row.pin) for row in section.pins]}
            for section in sections
        ]
        return cls(formdata=None, data={"sections": rows, "version": version})

    def offer(self, titles: dict[str, str], candidates: dict[str, Sequence[Candidate]], words: dict[str, str]) -> None:
        """Fill in what may be added, and tell the sections apart where errors are listed."""
        for entry in self.sections:
            fields = entry.form
            group = str(fields.group.data)
            fields.add.choices = [SelectChoice("", words["none"])]
            fields.add.choices += [_choice(one, words) for one in candidates.get(group, ())]
            fields.pins.label.text = titles.get(group, group)
            title = f"{titles.get(group, group)}{_(':')}"
            fields.add.label.text = f"{title} {words['add']}"
            fields.intro.label.text = f"{title} {words['intro']}"

    def drafts(self) -> list[SectionDraft]:
        """The sections as typed."""
        return [
            SectionDraft(entry.form.group.data or "", entry.form.intro.data or "", entry.form.typed_pins)
            for entry in self.sections
        ]

    def presses(self) -> list[Press]:
        """Every text that is chosen is added, whichever button was pressed; then what that button does."""
        chosen = [(str(entry.form.group.data or ""), entry.form.add.data) for entry in self.sections]
        added = [Press(Verb.ADD, group, ref) for group, ref in chosen if group and ref]
        verb, group, ref = [*request.form.get("press", "").split(" "), "", ""][:3]
        return [*added, Press(Verb(verb), group, ref)] if verb in set(Verb) - {Verb.ADD} else added

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """Those of a section go beside its fields."""
        nested = {field.name: field for entry in self.sections for field in entry.form}
        for name, text in refused.problems.items():
            if name in nested:
                nested[name].errors = (translate(text),)
        self.sections.errors = tuple(entry.errors for entry in self.sections if entry.errors)
        rest = {name: text for name, text in refused.problems.items() if name not in nested}
        self.form_errors.extend(translate(text) for text in rest.values())


def _choice(one: Candidate, words: dict[str, str]) -> SelectChoice:
    """The title, its language when it is another one, and how fresh it is when it is not."""
    marks = [words.get(one.language, ""), words.get(one.freshness, "")]
    return SelectChoice(one.ref, " · ".join([one.title, one.ref, *filter(None, marks)]))
