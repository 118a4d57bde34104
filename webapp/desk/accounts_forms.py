"""The forms of the accounts page."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField

from web_kit.forms import EditForm, Form, checkboxes
from web_kit.language import language_name
from workflows.accounts.changing import Details
from workflows.accounts.desk import Account, Person
from workflows.accounts.models import CounsellorAccount, PartnerOrganisation, ResearcherAccount, StaffAccount
from workflows.core.actors import Role, Staff
from workflows.core.words import EVERYWHERE, PARTNERS
from workflows.notices.history_codes import ROLES as ROLE_WORDS

ROLES: dict[str, Any] = {code: _(word) for code, word in ROLE_WORDS.items()}


def spoken_in(codes: Iterable[str]) -> dict[str, str]:
    """Languages by code, each in the reader's own."""
    return {code: language_name(code).capitalize() for code in codes}


class Reached(Form):
    """How somebody is called and reached."""

    name = StringField(_("Name"))
    email = StringField(_("E-mail"))
    language = SelectField(_("Language"), choices=lambda: spoken_in(EVERYWHERE))
    timezone = StringField(_("Time zone"), default="Europe/Brussels")

    def person(self) -> Person:
        """What was typed, as the domain takes it."""
        zone = self.timezone.data or "Europe/Brussels"
        return Person(self.name.data or "", self.email.data or None, self.language.data, zone)


class PersonForm(Reached):
    """What every new account needs."""

    login = StringField(_("User name"))


class StaffForm(PersonForm):
    """Somebody for the desk."""

    roles = checkboxes(_("Roles"), ROLES)


class CounsellorForm(PersonForm):
    """Somebody with a caseload."""

    organisation = StringField(_("Organisation"))


class AccountForm(Reached, EditForm):
    """An account that is corrected. Which fields it has depends on whose it is: nobody changes their own roles."""

    roles = checkboxes(_("Roles"), ROLES)
    organisation = StringField(_("Organisation"))

    @classmethod
    def of(cls, account: Account, actor: Staff) -> "AccountForm":
        """The form with what stands."""
        stands = Details.of(account)
        data = {**stands.person.__dict__, "roles": [role.value for role in stands.roles]}
        data |= {"organisation": stands.organisation, "version": stands.version}
        return cls(formdata=None, data=data).fit(account, actor)

    def fit(self, account: Account, actor: Staff) -> "AccountForm":
        """Only what this account has, and may be changed in it by this person."""
        if not isinstance(account, StaffAccount) or account.id == actor.id:
            del self.roles
        if not isinstance(account, CounsellorAccount):
            del self.organisation
        if isinstance(account, ResearcherAccount):
            self.language.choices = list(spoken_in(PARTNERS).items())
        return self

    def details(self) -> Details:
        """What was typed, as the domain takes it."""
        roles = [Role(code) for code in self.roles.data] if "roles" in self else []
        return Details(self.person(), roles, (self.organisation.data or "") if "organisation" in self else "")


class HandOverForm(Form):
    """To whom a caseload goes."""

    colleague = SelectField(_("Colleague"), validate_choice=False)

    def __init__(self, colleagues: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleague.choices = colleagues


class ResearcherForm(PersonForm):
    """Somebody for the portal. `begun` is the partner from whose page one came: its language and time are filled in."""

    language = SelectField(_("Language"), choices=lambda: spoken_in(PARTNERS))
    partner = SelectField(_("Partner organisation"))

    def __init__(
        self, partners: dict[str, str], begun: PartnerOrganisation | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if begun:
            kwargs["data"] = {"partner": str(begun.id), "language": begun.languages[0], "timezone": begun.timezone}
        super().__init__(*args, **kwargs)
        self.partner.choices = partners
