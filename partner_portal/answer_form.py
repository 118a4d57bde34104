"""The form of an answer. A draft is never checked for completeness here: the domain does that on sending."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from partner_portal.forms import worded
from web_kit.dates import DayMonthYear
from web_kit.forms import EditForm
from workflows.answers import words
from workflows.answers.drafts import AnswerDraft, PointDraft, SourceDraft
from workflows.answers.work_queries import NamedSource, Work
from workflows.core.errors import Incomplete, NotFound


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


class SourceRow(wtforms.Form):
    """One source of a point."""

    id = HiddenField()
    kind = SelectField(_l("Kind"), choices=lambda: worded(words.SOURCE_KINDS, _("Choose")), validate_choice=False)
    label = StringField(_l("What it is, without names"), default="")
    dated = DayMonthYear(_l("When you saw or heard it"))
    mode = SelectField(_l("How"), choices=lambda: worded(words.MODES, _("Choose")), validate_choice=False)
    consent = SelectField(
        _l("What may be published"), choices=lambda: worded(words.CONSENT, _("Choose")), validate_choice=False
    )
    identity = StringField(_l("Who or what exactly"), default="")

    def is_blank(self) -> bool:
        """Was nothing written in a new row?"""
        texts = [field.data for field in (self.id, self.kind, self.label, self.mode, self.consent, self.identity)]
        return not any((text or "").strip() for text in texts) and not any(self.dated.typed())

    def draft(self, code: str) -> SourceDraft:
        """The row as the domain takes it. Refuses (NotFound) an id that is none."""
        try:
            row_id = UUID(self.id.data) if self.id.data else None
        except ValueError:
            raise NotFound("source") from None
        return SourceDraft(
            point_code=code,
            id=row_id,
            kind=self.kind.data or "",
            label=self.label.data or "",
            dated=self.dated.data,
            mode=self.mode.data or "",
            consent=self.consent.data or "",
            identity=self.identity.data or "",
        )


class PointPart(wtforms.Form):
    """One point of the answer."""

    code = HiddenField()
    text = TextAreaField(_l("Your answer"), default="")
    place = StringField(_l("For which place is this true?"), default="")
    information_date = DayMonthYear(_l("On which day was it true?"))
    confidence = RadioField(
        _l("How sure are you?"), choices=lambda: worded(words.CONFIDENCE), validate_choice=False, default=""
    )
    not_found = BooleanField(_l("I searched and did not find it"))
    searched_where = StringField(_l("Where did you search?"), default="")
    sources = Rows(FormField(SourceRow))

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
        )


class AnswerForm(EditForm):
    """The whole answer. The buttons `send`, `add` (a list of sources) and `remove` (a row of it) also save it."""

    points = Rows(FormField(PointPart))
    note = TextAreaField(_l("For the editor only"), default="")

    @classmethod
    def of(cls, work: Work, more: str | None = None) -> "AnswerForm":
        """The stored draft; `more` names the list of sources that gets another empty row, one without any has one."""
        return cls(formdata=None, data=_stored(work, more)).named()

    def named(self) -> "AnswerForm":
        """Say in each label which point it belongs to, for the list of errors."""
        for part in self.parts():
            code = part.code.data or ""
            for field in part:
                field.label.text = f"{code}: {field.label.text}"
            for number, row in enumerate(part.sources, 1):
                for field in row.form:
                    field.label.text = (
                        _("%(code)s, source %(number)s:", code=code, number=number) + f" {field.label.text}"
                    )
        return self

    def parts(self) -> Iterator[PointPart]:
        """The points in their order."""
        for entry in self.points:
            yield entry.form

    def rows(self, removed: str | None = None) -> Iterator[tuple[str, SourceRow]]:
        """The sources to keep, each with the code of its point: neither blank nor the one taken out."""
        for part in self.parts():
            for entry in part.sources:
                if entry.name != removed and not entry.form.is_blank():
                    yield part.code.data or "", entry.form

    def draft(self, removed: str | None = None) -> AnswerDraft:
        """The answer as the domain takes it."""
        return AnswerDraft(
            points=[part.draft() for part in self.parts()],
            sources=[row.draft(code) for code, row in self.rows(removed)],
            note=self.note.data or "",
        )

    def show_dates_of(self, typed: "AnswerForm", removed: str | None = None) -> None:
        """Show again the dates that could not be read, and so were not stored, with what was typed."""
        written = {part.code.data: part.information_date for part in typed.parts()}
        pairs = [(part.information_date, written[part.code.data]) for part in self.parts() if part.code.data in written]
        pairs += [
            (row.dated, old.dated) for (_c, row), (_d, old) in zip(self.rows(), typed.rows(removed), strict=False)
        ]
        for new, old in pairs:
            if old.errors:
                new.show_again(old)

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
            found[f"{code}.sources"] = next(iter(part.sources)).form.kind
            for entry in part.sources:
                found |= {f"{entry.form.id.data}.{field.short_name}": field for field in entry.form}
        return found


def _stored(work: Work, more: str | None) -> dict[str, Any]:
    points = []
    for place, point in enumerate(work.points):
        rows = [_stored_source(source) for source in work.sources_of(point.code)]
        if not rows or more == f"points-{place}-sources":
            rows.append({"kind": ""})
        points.append(vars(point) | {"sources": rows, "confidence": point.confidence or ""})
    return {"version": str(work.version), "points": points, "note": work.note}


def _stored_source(source: NamedSource) -> dict[str, Any]:
    return {name: value for name, value in vars(source).items() if name != "keeps_identity"} | {"id": str(source.id)}
