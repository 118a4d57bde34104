"""The forms of the log-in pages, and of those about one's own log-in."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired

from web_kit.forms import Form


class Needed:
    """Says beforehand that a field is to be filled in; the domain tells when it was not, with all that is wrong."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: object, field: object) -> None:
        """Refuses nothing."""


class LoginForm(Form):
    """First step: user name and password."""

    login = StringField(_l("User name"), [InputRequired(_l("Type your user name."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Type your password."))])


class FactorForm(Form):
    """Second step: a code."""

    code = StringField(_l("Code"), [InputRequired(_l("Type the code."))])


class InvitationForm(Form):
    """A first or a new password, and a code that proves the second factor works. The domain tells all that is wrong."""

    enrolment = HiddenField()
    password = PasswordField(_l("Password"), [Needed()])
    again = PasswordField(_l("The same password again"), [Needed()])
    code = StringField(_l("Code from your app"), [Needed()])


class PresentForm(Form):
    """The present password, for what somebody at a browser that was left open must not do."""

    present = PasswordField(_l("Present password"), [InputRequired(_l("Type your password."))])


class PasswordForm(PresentForm):
    """Twice the new password."""

    chosen = PasswordField(_l("New password"), [InputRequired(_l("Choose a password."))])
    again = PasswordField(_l("The same password again"), [InputRequired(_l("Type the password a second time."))])


class AppForm(PresentForm):
    """A code that proves that the new app works."""

    enrolment = HiddenField()
    code = StringField(_l("Code from your app"), [InputRequired(_l("Type the six figures your app shows."))])
