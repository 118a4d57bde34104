"""The forms of the accounts page."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from web_kit.forms import Form
from web_kit.language import language_name
from workflows.accounts.desk import Person
from workflows.core.actors import Role
from workflows.core.words import EVERYWHERE, PARTNERS

ROLES: dict[str, Any] = {
    Role.OFFICER.value: _("Helpdesk officer"),
    Role.EDITOR.value: _("Editor"),
    Role.MANAGER.value: _("Manager"),
    Role.ADMINISTRATOR.value: _("Administrator"),
}


def spoken_in(codes: Iterable[str]) -> dict[str, str]:
    """Languages by code, each in the reader's own."""
    return {code: language_name(code).capitalize() for code in codes}


class PersonForm(Form):
    """What every account needs."""

    login = StringField(_("User name"))
    name = StringField(_("Name"))
    email = StringField(_("E-mail"))
    language = SelectField(_("Language"), choices=lambda: spoken_in(EVERYWHERE))
    timezone = StringField(_("Time zone"), default="Europe/Brussels")

    def person(self) -> Person:
        """What was typed, as the domain takes it."""
        zone = self.timezone.data or "Europe/Brussels"
        return Person(self.name.data or "", self.email.data or None, self.language.data, zone)


class StaffForm(PersonForm):
    """Somebody for the desk."""

    roles = SelectMultipleField(
        _("Roles"),
        choices=[SelectChoice(code, word) for code, word in ROLES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class CounsellorForm(PersonForm):
    """Somebody with a caseload."""

    organisation = StringField(_("Organisation"))


class HandOverForm(Form):
    """To whom a caseload goes."""

    colleague = SelectField(_("Colleague"), validate_choice=False)

    def __init__(self, colleagues: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleague.choices = colleagues


class ResearcherForm(PersonForm):
    """Somebody for the portal."""

    language = SelectField(_("Language"), choices=lambda: spoken_in(PARTNERS))
    partner = SelectField(_("Partner organisation"))

    def __init__(self, partners: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner.choices = partners
