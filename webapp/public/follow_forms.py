"""The small form of whoever comes back with a code."""

from flask_babel import lazy_gettext as _
from wtforms import StringField

from web_kit.forms import Form


class CodeForm(Form):
    """A receipt code, spelled any way."""

    code = StringField(_("Your code"))
