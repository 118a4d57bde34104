"""How somebody was reached to whom a letter did not get."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField

from web_kit.forms import EditForm
from workflows.notices.words import ways_to_reach


class HandledForm(EditForm):
    """One choice of the closed list; the domain refuses any other."""

    how = RadioField(_("How did you reach them?"), validate_choice=False)

    def offer(self, *, a_requester: bool) -> None:
        """Fill in what can be chosen."""
        self.how.choices = {code: gettext(text) for code, text in ways_to_reach(a_requester=a_requester).items()}
