"""The form of an answer. A draft is never checked for completeness here: the domain does that on sending."""

from collections.abc import Iterator
from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, HiddenField, RadioField, StringField, TextAreaField

from partner_portal.answer_rows import ContactRow, PriceRow, RowForm, Rows, SourceRow, unread_in
from partner_portal.forms import worded
from web_kit.dates import DayMonthYear
from web_kit.forms import EditForm
from workflows.answers import words
from workflows.answers.drafts import ROWS, AnswerDraft, PointDraft
from workflows.answers.work_queries import Work
from workflows.core.errors import Incomplete

MOST_EMPTY = 10
"""So many empty rows a list may have at once."""


class PointPart(wtforms.Form):
    """One point of the answer, its fields in the order of the page."""

    code = HiddenField()
    text = TextAreaField(_l("Your answer"), default="")
    not_found = BooleanField(_l("I searched and did not find it"))
    searched_where = StringField(_l("Where did you search?"), default="")
    place = StringField(_l("For which place is this true?"), default="")
    information_date = DayMonthYear(_l("On which day was it true?"))
    confidence = RadioField(
        _l("How sure are you?"), choices=lambda: worded(words.CONFIDENCE), validate_choice=False, default=""
    )
    sources = Rows(FormField(SourceRow))
    prices = Rows(FormField(PriceRow))
    contacts = Rows(FormField(ContactRow))

    def draft(self) -> PointDraft:
        """The point as the domain takes it."""
        return PointDraft(
            code=self.code.data or "",
            text=self.text.data or "",
            place=self.place.data or "",
            information_date=self.information_date.data,
            confidence=self.confidence.data or None,
            not_found=bool(self.not_found.data),
            searched_where=self.searched_where.data or "",
            unread=unread_in(self),
        )


class AnswerForm(EditForm):
    """The whole answer. The buttons `send`, `add` (a list of a point) and `remove` (a row of it) also save it."""

    points = Rows(FormField(PointPart))
    credit = RadioField(
        _l("May your organisation be named?"), choices=lambda: worded(words.CREDIT), validate_choice=False, default=""
    )
    note = TextAreaField(_l("For the editor only"), default="")

    @classmethod
    def of(cls, work: Work, more: str | None = None, empty: int = 1) -> "AnswerForm":
        """The stored draft; `more` names the list that gets so many `empty` rows, one without any has one."""
        return cls(formdata=None, data=_stored(work, more, min(max(empty, 1), MOST_EMPTY))).named()

    @classmethod
    def sent(cls) -> "AnswerForm":
        """What was typed and sent."""
        return cls().named()

    def named(self) -> "AnswerForm":
        """Say in each label which point it belongs to, for the list of errors."""
        called = {
            "sources": _("source %(number)s"),
            "prices": _("price %(number)s"),
            "contacts": _("contact %(number)s"),
        }
        for part in self.parts():
            code = part.code.data or ""
            for field in part:
                field.label.text = _("%(place)s: %(field)s", place=code, field=field.label.text)
            for name, word in called.items():
                for number, entry in enumerate(part[name], 1):
                    place = _("%(point)s, %(row)s", point=code, row=word % {"number": number})
                    for field in entry.form:
                        field.label.text = _("%(place)s: %(field)s", place=place, field=field.label.text)
        return self

    def parts(self) -> Iterator[PointPart]:
        """The points in their order."""
        for entry in self.points:
            yield entry.form

    def rows(self, name: str, removed: str | None = None) -> Iterator[tuple[str, RowForm]]:
        """The rows of one list to keep, each with the code of its point: neither blank nor the one taken out."""
        for part in self.parts():
            for entry in part[name]:
                if entry.name != removed and not entry.form.is_blank():
                    yield part.code.data or "", entry.form

    def empty_with_one_more(self, more: str | None) -> int:
        """How many empty rows this list has when one is added: those that were there already stay beside it."""
        return 1 + sum(1 for entry in self._list(more) if entry.form.is_blank())

    def place_of_one_more(self, more: str | None) -> str | None:
        """Where the row stands that is added to this list: after all that were sent."""
        return f"{more}-{len(self._list(more))}" if more else None

    def _list(self, name: str | None) -> list[Any]:
        lists = [part[of] for part in self.parts() for of in ROWS]
        return [entry for rows in lists if rows.id == name for entry in rows]

    def draft(self, removed: str | None = None) -> AnswerDraft:
        """The answer as the domain takes it."""
        lists: dict[str, Any] = {name: [row.draft(code) for code, row in self.rows(name, removed)] for name in ROWS}
        return AnswerDraft(
            points=[part.draft() for part in self.parts()],
            credit=self.credit.data or "",
            note=self.note.data or "",
            **lists,
        )

    def show_dates_of(self, typed: "AnswerForm", removed: str | None = None) -> None:
        """Show again the dates that could not be read, and so were not stored, with what was typed."""
        written = {part.code.data: part for part in typed.parts()}
        pairs: list[tuple[wtforms.Form, wtforms.Form]] = [
            (part, written[part.code.data]) for part in self.parts() if part.code.data in written
        ]
        for name in ROWS:
            rows = zip(self.rows(name), typed.rows(name, removed), strict=False)
            pairs += [(new, old) for (_code, new), (_same, old) in rows]
        for new, old in pairs:
            for field in new:
                if isinstance(field, DayMonthYear) and old[field.short_name].errors:
                    field.show_again(old[field.short_name])

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """As for every form; the names are those of `workflows.answers.completeness`."""
        places, rest = self._places(), {}
        for name, text in refused.problems.items():
            if name in places:
                places[name].errors = [*places[name].errors, translate(text)]
            else:
                rest[name] = text
        super().show_problems(Incomplete(rest), translate)

    def _places(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part in self.parts():
            code = part.code.data
            found |= {f"{code}.{field.short_name}": field for field in part}
            found |= {f"{code}.sources": entry.form.kind for entry in part.sources[:1]}
            for name in ROWS:
                for entry in part[name]:
                    found |= {f"{entry.form.id.data}.{field.short_name}": field for field in entry.form}
        return found


def _stored(work: Work, more: str | None, empty: int) -> dict[str, Any]:
    points = []
    for place, point in enumerate(work.points):
        lists = {
            name: _stored_rows(work, name, point.code, empty if more == f"points-{place}-{name}" else 0)
            for name in ROWS
        }
        points.append(vars(point) | lists | {"confidence": point.confidence or ""})
    return {"version": str(work.version), "points": points, "credit": work.credit, "note": work.note}


def _stored_rows(work: Work, name: str, code: str, empty: int) -> list[dict[str, Any]]:
    rows = [vars(row) | {"id": str(row.id)} for row in work.rows_of(name, code)]
    return rows + [{"id": ""}] * (empty if rows else max(empty, 1))
