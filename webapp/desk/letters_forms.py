"""How somebody was reached to whom a letter did not get."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField

from web_kit.forms import EditForm
from workflows.notices.words import HOW


class HandledForm(EditForm):
    """One choice of the closed list; the domain refuses any other."""

    how = RadioField(_("How did you reach them?"), validate_choice=False)

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.how.choices = {code: gettext(text) for code, text in HOW.items()}
