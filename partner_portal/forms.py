"""The short forms of the workspace: replying to an offer, asking, giving back, choosing a language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField, ValidationError

from web_kit.dates import DayMonthYear
from web_kit.forms import Form
from web_kit.language import offers
from workflows.assignments import reasons


def worded(listed: Mapping[Any, str], empty: str | None = None) -> dict[str, str]:
    """The choices of a closed list in the reader's language, after an empty one if it has a name."""
    first = {} if empty is None else {"": empty}
    return first | {str(code): _(word) for code, word in listed.items()}


class DeclineForm(Form):
    """Saying no to an offer."""

    reason = RadioField(_l("Why not?"), choices=lambda: worded(reasons.DECLINE), validate_choice=False, default="")
    ask_again_after = DayMonthYear(_l("Ask us again after"))
    ask_instead = TextAreaField(_l("Whom could we ask instead?"), default="")

    def validate_reason(self, reason: RadioField) -> None:
        """The domain refuses this too, but is not asked while the day cannot be read: both are told at once."""
        if self.ask_again_after.process_errors and reason.data not in reasons.DECLINE:
            raise ValidationError(_("Choose a reason."))


class ReleaseForm(Form):
    """Giving accepted work back."""

    reason = RadioField(_l("Why?"), choices=lambda: worded(reasons.EXPLAINED), validate_choice=False, default="")
    words = TextAreaField(_l("Tell the desk more"), default="")


class AskForm(Form):
    """A question to the desk."""

    message = TextAreaField(_l("Your question to the desk"), default="")


class TimeForm(Form):
    """Asking for a later date."""

    until = DayMonthYear(_l("I need until"))


class LanguageForm(Form):
    """The language of the workspace and of its letters."""

    language = RadioField(
        _l("Language"),
        choices=lambda: {offer.code: offer.name for offer in offers()},
        invalid_choice_message=_l("Choose one of these languages."),
    )
