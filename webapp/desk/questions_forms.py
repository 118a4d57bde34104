"""The forms of triage: the neutral text with its points, and the moves beside it."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FieldList,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from web_kit.forms import EditForm, checkboxes
from webapp.desk.accounts_forms import spoken_in
from webapp.desk.vocabulary import Vocabulary
from workflows.core.errors import Incomplete
from workflows.core.words import PARTNERS
from workflows.requests.desk_words import URGENCIES
from workflows.requests.models import Urgency
from workflows.requests.neutral import NeutralDraft
from workflows.requests.words import DECLINE_REASONS


class PointsForm(EditForm):
    """A form with coded points, whose buttons add and remove one without losing what was typed."""

    points = FieldList(TextAreaField())
    reached: int | None = None
    """The place of the point where a button that reshapes the form leads to; its field takes the focus."""

    def fill_points(self, texts: Any) -> None:
        """Put these points into the form, one empty one when there are none."""
        while self.points.entries:
            self.points.pop_entry()
        for text in tuple(texts) or ("",):
            self.points.append_entry(text)

    def point_texts(self) -> tuple[str, ...]:
        """The points as typed, empty ones too."""
        return tuple(entry.data or "" for entry in self.points.entries)

    def label_points(self) -> None:
        """Q1, Q2 … beside the fields and in the summary of errors."""
        for at, entry in enumerate(self.points.entries, start=1):
            entry.label.text = f"Q{at}"

    def show_problems(self, refused: Incomplete, translate: Any) -> None:
        """Those of a point go beside that point."""
        rest = dict(refused.problems)
        for at, entry in enumerate(self.points.entries):
            if problem := rest.pop(f"points-{at}", None):
                entry.errors = (translate(problem),)
        self.points.errors = tuple(text for entry in self.points.entries for text in entry.errors)
        super().show_problems(Incomplete(rest), translate)


class NeutralForm(PointsForm):
    """The neutral side of a question. The domain checks it; the form only carries it."""

    language = SelectField(_("Language of the text"), validate_choice=False)
    country = SelectField(_("Country"), validate_choice=False)
    place = StringField(_("Place"))
    topics = checkboxes(_("Topics"))
    facets = checkboxes(_("Circumstances"))
    urgency = RadioField(_("How soon"), validate_choice=False)
    urgency_reason = StringField(_("Why it is urgent"))
    override_on = BooleanField(_("These words may stay"))
    override = TextAreaField(_("Why they may stay"))

    @classmethod
    def of(cls, words: Vocabulary, draft: NeutralDraft | None = None, version: int | None = None) -> "NeutralForm":
        """The form as it was sent, or with what stands in the question."""
        form = cls() if draft is None else cls(formdata=None, **_values(draft, version))
        form.language.choices = spoken_in(PARTNERS)
        form.country.choices = {"": gettext("Choose a country"), **words.countries}
        form.topics.choices = dict(words.topics)
        form.facets.choices = dict(words.facets)
        form.urgency.choices = {code.value: gettext(label) for code, label in URGENCIES.items()}
        if not form.points.entries:
            form.fill_points(draft.points if draft else ())
        return form

    def draft(self) -> NeutralDraft:
        """What was typed."""
        return NeutralDraft(
            country=self.country.data or None,
            language=self.language.data or "",
            place=self.place.data or "",
            topics=tuple(self.topics.data or ()),
            facets=tuple(self.facets.data or ()),
            urgency=self.urgency.data or Urgency.NORMAL,
            urgency_reason=self.urgency_reason.data or "",
            points=self.point_texts(),
        )

    def override_text(self) -> str:
        """The written reason, when the box beside it is ticked."""
        return (self.override.data or "") if self.override_on.data else ""

    def reshape(self, do: str) -> None:
        """Add or remove a point as a button says and lead there; another button changes nothing."""
        texts = list(self.point_texts())
        if do == "add":
            self.add_point("", beside_empty=True)
        elif (at := do.removeprefix("remove-")) in map(str, range(len(texts))):
            del texts[int(at)]
            self.fill_points(texts)
            self.reached = min(int(at), len(self.points) - 1)

    def add_point(self, text: str, *, beside_empty: bool = False) -> None:
        """One more point with this text, in place of the empty ones unless those may stay, and lead there."""
        self.fill_points([*(typed for typed in self.point_texts() if beside_empty or typed.strip()), text])
        self.reached = len(self.points) - 1


class ReadAgainForm(EditForm):
    """Words for whoever asked; what may point to a person in them is read once more."""

    read_again = BooleanField(_("I have read these words again; they are meant"))


class ClarifyForm(ReadAgainForm):
    """A question to whoever wrote."""

    message = TextAreaField(_("Your question to them"))


class MessageForm(ReadAgainForm):
    """Something about a question: a note, unless somebody else is chosen to read it."""

    text = TextAreaField(_("Write about this question"))


class SendBackForm(EditForm):
    """Why a second person does not let a neutral text stand."""

    back_reason = TextAreaField(_("What should be said otherwise?"))


class DeclineForm(EditForm):
    """Why we cannot answer, and who may."""

    reason = RadioField(_("Reason"), validate_choice=False)
    another_place = TextAreaField(_("Another place to ask"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.reason.choices = {code: gettext(text) for code, text in DECLINE_REASONS.items()}


def _values(draft: NeutralDraft, version: int | None) -> dict[str, Any]:
    return {
        "country": draft.country or "",
        "language": draft.language,
        "place": draft.place,
        "topics": list(draft.topics),
        "facets": list(draft.facets),
        "urgency": draft.urgency,
        "urgency_reason": draft.urgency_reason,
        "version": version,
    }
