"""The forms of excerpts: one version with its sources, and the moves of a text."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import wtforms
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from web_kit.dates import DayMonthYear
from web_kit.forms import EditForm, checkboxes
from webapp.desk.in_each_language import offer_in, typed_in
from webapp.desk.vocabulary import Vocabulary
from workflows.core.errors import Incomplete
from workflows.excerpts.desk_page import Working
from workflows.excerpts.draft import SourceLine, Text, note_in
from workflows.excerpts.models import Change
from workflows.excerpts.provenance import Offered
from workflows.excerpts.words import CHANGES, CONFIDENCE, LANGUAGES, SOURCE_KINDS


class VersionForm(EditForm):
    """A form about the version under work: beside the row's version it names the number that was looked at."""

    number = HiddenField()


class TakeBackForm(VersionForm):
    """Why a text that somebody approved is worked on again."""

    reason = TextAreaField(_("Why"))


class SourceFields(wtforms.Form):
    """One source as readers see it."""

    label = StringField(_("What it is"))
    kind = SelectField(_("Kind"), validate_choice=False)
    dated = DayMonthYear(_("Day"))


class ExcerptForm(VersionForm):
    """A version's text. The domain checks it; the form only carries it."""

    country = SelectField(_("Country"), validate_choice=False)
    language = SelectField(_("Language of the text"), validate_choice=False)
    title = StringField(_("Title"))
    summary = TextAreaField(_("In short"))
    body = TextAreaField(_("Text"))
    unknown = TextAreaField(_("What we do not know"))
    place = StringField(_("Place"))
    confidence = RadioField(_("How sure are we?"), validate_choice=False)
    topics = checkboxes(_("Topics"))
    facets = checkboxes(_("Circumstances"))
    sources = FieldList(FormField(SourceFields), _("Sources"))
    information_date = DayMonthYear(_("True on"))
    valid_until = DayMonthYear(_("Valid until"))
    valid_until_reason = StringField(_("Why it holds longer than the rule"))
    revisions = checkboxes(_("Written from these answers"))
    revisions_shown = HiddenField()
    """Set while answers are offered: then none chosen means none."""
    offered: tuple[Offered, ...] = ()
    reached = 0
    """The number of the source that takes the focus."""
    change = RadioField(_("What changed"), validate_choice=False)
    public_note = TextAreaField(_("What readers are told about the change"))
    public_note_en = TextAreaField()
    public_note_fr = TextAreaField()
    public_note_nl = TextAreaField()

    @classmethod
    def sent(cls, words: Vocabulary) -> "ExcerptForm":
        """The form as it was sent."""
        return cls().offering(words)

    @classmethod
    def showing(cls, words: Vocabulary, text: Text, **values: Any) -> "ExcerptForm":
        """The form with this text in it; `values` are those beside the text."""
        fields = {name: getattr(text, name) for name in TEXT_FIELDS} | values
        fields |= {"topics": list(text.topics), "facets": list(text.facets)}
        fields |= {note_in(code): note for code, note in text.translated_notes.items()}
        form = cls(formdata=None, **fields)
        form.fill_sources(text.sources)
        return form.offering(words)

    def offering(self, words: Vocabulary) -> "ExcerptForm":
        """What can be chosen, in the language of the page."""
        self.country.choices = {"": gettext("Choose a country"), **words.countries}
        self.language.choices = dict(LANGUAGES)
        self.topics.choices, self.facets.choices = dict(words.topics), dict(words.facets)
        self.confidence.choices = {code: gettext(label) for code, label in CONFIDENCE.items()}
        self.change.choices = {code.value: gettext(label) for code, label in CHANGES.items()}
        if not self.sources.entries:
            self.sources.append_entry()
        kinds = {"": gettext("Choose a kind"), **{code: gettext(label) for code, label in SOURCE_KINDS.items()}}
        for number, entry in enumerate(self.sources, start=1):
            entry.form.kind.choices = dict(kinds)
            for field in entry.form:
                source = gettext("Source %(number)s", number=number)
                field.label.text = f"{source}{gettext(':')} {field.label.text}"
        return self

    def offer_answers(self, offered: Iterable[Offered], linked: Iterable[UUID]) -> None:
        """The accepted answers to choose from; at first those that the version is written from are chosen."""
        self.offered = tuple(offered)
        self.revisions.choices = {str(one.revision_id): one.partner for one in self.offered}
        if not self.revisions_shown.data:
            self.revisions.data = [str(one) for one in linked]
        self.revisions_shown.data = "1"

    def tell_translations(self, languages: Iterable[str]) -> None:
        """A public note for readers of each translation, beside that for readers of the text."""
        offer_in(self, note_in, languages, gettext("What readers are told about the change"))

    def chosen_answers(self, linked: Iterable[UUID]) -> list[UUID]:
        """What was chosen; without an offer, what the version is written from already."""
        if not self.revisions_shown.data:
            return list(linked)
        return [one for text in self.revisions.data or () if (one := _as_id(text))]

    def fill_sources(self, lines: Iterable[SourceLine]) -> None:
        """Put these sources into the form, one empty row when there are none."""
        while self.sources.entries:
            self.sources.pop_entry()
        for line in tuple(lines) or (SourceLine("", ""),):
            self.sources.append_entry({"label": line.label, "kind": line.kind, "dated": line.dated})

    def reshaped(self, words: Vocabulary, do: str) -> "ExcerptForm | None":
        """The form with a source more or less, when one of those buttons was pressed; it leads to that place."""
        rows = [SourceLine(row.label.data or "", row.kind.data or "", row.dated.data) for row in self._rows()]
        removed = do.removeprefix("remove-source-")
        if do == "add-source":
            rows.append(SourceLine("", ""))
            self.reached = len(rows)
        elif removed in map(str, range(1, len(rows) + 1)):
            del rows[int(removed) - 1]
            self.reached = max(1, min(int(removed), len(rows)))
        elif removed == do:
            return None
        self.fill_sources(rows)
        return self.offering(words)

    def text(self) -> Text:
        """What was typed. Rows of sources that were left empty are none."""
        given = {name: self[name].data or "" for name in WRITTEN}
        rows = [SourceLine(row.label.data or "", row.kind.data or "", row.dated.data) for row in self._rows()]
        return Text(
            **given,
            topics=tuple(self.topics.data or ()),
            facets=tuple(self.facets.data or ()),
            sources=tuple(row for row in rows if row.label.strip() or row.kind or row.dated),
            information_date=self.information_date.data,
            valid_until=self.valid_until.data,
            change=self.change.data or Change.FIRST,
            translated_notes=typed_in(self, note_in),
        )

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """What is wrong with the sources stands beside the first of them."""
        rest = dict(refused.problems)
        if problem := rest.pop("sources", None):
            first = self.sources.entries[0].form.label
            first.errors = (*first.errors, translate(problem))
            self.sources.errors = (translate(problem),)
        super().show_problems(Incomplete(rest), translate)

    def _rows(self) -> list[Any]:
        return [entry.form for entry in self.sources]


WRITTEN = ("title", "summary", "body", "unknown", "place", "confidence", "valid_until_reason", "public_note")
TEXT_FIELDS = (*WRITTEN, "information_date", "valid_until", "change")


def text_of(working: Working) -> Text:
    """The version under work as its form begins. A last day that is the rule's own is left to the rule."""
    shown = working.text
    by_rule = working.rule is not None and shown.valid_until == working.rule.until
    return Text(
        title=shown.title,
        summary=shown.summary,
        body=shown.body,
        unknown=shown.unknown,
        confidence=shown.confidence,
        place=shown.place,
        topics=tuple(shown.topics),
        facets=tuple(shown.facets),
        sources=tuple(SourceLine(one["label"], one["kind"], _day(one.get("dated"))) for one in shown.sources),
        information_date=shown.information_date,
        valid_until=None if by_rule else shown.valid_until,
        valid_until_reason=working.valid_until_reason,
        change=working.change,
        public_note=working.public_note,
        translated_notes=working.translated_notes,
    )


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class ApproveForm(VersionForm):
    """At once, or on a day; over a text on hold at once only, and knowingly."""

    on = DayMonthYear(_("Publish on"))
    ends_hold = BooleanField(_("The reason for the hold is settled. Publishing ends the hold."))

    def fit(self, *, held: bool, last: bool) -> None:
        """Ask for a day where the last approval may name one, and about the hold where that approval would end it."""
        self.leave_out(*(() if last and not held else ("on",)), *(() if last and held else ("ends_hold",)))


class CommentsForm(VersionForm):
    """What should change."""

    comments = TextAreaField(_("What should change"))


class NextForm(EditForm):
    """What the next version will be to readers."""

    change = RadioField(_("What kind of change is it?"), validate_choice=False)
    revision = HiddenField()

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.change.choices = {code.value: gettext(label) for code, label in CHANGES.items()}


class TranslateForm(EditForm):
    """Into which language."""

    language = RadioField(_("Language of the translation"), validate_choice=False, choices={})

    def offer(self, codes: Iterable[str]) -> None:
        """The languages that the text is not in yet."""
        self.language.choices = {code: LANGUAGES[code] for code in codes}


class ConfirmForm(EditForm):
    """From whom we know that it is still true, and since when."""

    source = StringField(_("Source, as readers see it"))
    kind = SelectField(_("Kind of source"), validate_choice=False)
    dated = DayMonthYear(_("Still true on"))
    revision = HiddenField()

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        kinds = {code: gettext(label) for code, label in SOURCE_KINDS.items()}
        self.kind.choices = {"": gettext("Choose a kind"), **kinds}


class SaidForm(EditForm):
    """What somebody said, as whoever decides read it."""

    said = HiddenField()


class RefuseForm(SaidForm):
    """Why another editor does not agree."""

    reason = TextAreaField(_("Why"))


class HoldForm(EditForm):
    """Why, and when somebody looks again."""

    reason = TextAreaField(_("Why"))
    owner = SelectField(_("Who looks after it"), validate_choice=False, choices={})
    review_on = DayMonthYear(_("Look again on"))

    def offer(self, editors: Mapping[UUID, str], default: UUID) -> None:
        """The editors who may look after it, whoever holds it first chosen."""
        self.owner.choices = {str(one): name for one, name in editors.items()}
        self.owner.data = self.owner.data or str(default)

    @property
    def owner_id(self) -> UUID | None:
        """None when nobody was named; an id that nobody has when the field was tampered with."""
        return _as_id(self.owner.data) or UUID(int=0) if self.owner.data else None
