"""Who of one's own organisation may sign in; for those who keep its accounts. A link is shown once."""

import hmac
from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import HiddenField, SelectField, StringField

from web_kit.cookies import held_token
from web_kit.forms import Form
from web_kit.gate import keepers_only
from web_kit.language import offers, until_there
from web_kit.site import this_site
from web_kit.step_up import freshly
from web_kit.typed import fills
from web_kit.unit import attempt, reads, writes
from workflows.accounts import keepers, step_up
from workflows.accounts.desk import Person
from workflows.accounts.keepers import Link
from workflows.accounts.partner import my_timezone
from workflows.accounts.tokens import new_token
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import DoneMeanwhile, Incomplete

bp = Blueprint("colleagues", __name__)


class ColleagueForm(Form):
    """Somebody who is to sign in; they work where we work."""

    once = HiddenField(default=new_token)
    name = StringField(_l("Name"))
    email = StringField(_l("E-mail"))
    language = SelectField(_l("Language"), choices=lambda: {offer.code: offer.name for offer in offers()})

    def person(self, timezone: str) -> Person:
        """What was typed, as the domain takes it."""
        return Person(self.name.data or "", self.email.data or None, self.language.data, timezone)

    def account(self, actor: Researcher) -> UUID:
        """What the account is called that this form makes, however often it is sent; nobody chooses it."""
        said = f"colleague|{actor.id}|{self.once.data}".encode()
        return UUID(bytes=hmac.digest(this_site().secret_key.encode(), said, "sha256")[:16], version=4)


@bp.get("/w/colleagues")
@keepers_only
@reads
def index(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Everybody of the organisation, and whether they can sign in."""
    people = keepers.colleagues_page(session, actor, held_token(), now())
    return render_template("colleagues/index.html", people=people, me=actor.id)


@bp.get("/w/colleagues/new")
@keepers_only
@reads
@freshly(".new")
def new(session: Session, actor: Researcher) -> ResponseReturnValue:
    """The form, after a code of one's app, so that nothing typed is interrupted by it."""
    return render_template(
        "colleagues/new.html", form=ColleagueForm(formdata=None, language=actor.language), stale=False
    )


@bp.post("/w/colleagues/new")
@keepers_only
@writes
@fills(ColleagueForm)
def invite(session: Session, actor: Researcher) -> ResponseReturnValue:
    """Make an account and show its link; a form that is sent again leads to the account that it made."""
    form, stale = ColleagueForm(), not step_up.is_fresh(session, held_token(), now())
    if not stale and form.validate():
        person = form.person(my_timezone(session, actor))
        try:
            with attempt(session):
                made = keepers.invite_colleague(session, actor, held_token(), form.account(actor), person, now())
            return _link(made, person.timezone)
        except Incomplete as refused:
            form.show_problems(refused, _)
        except DoneMeanwhile:
            flash(_("This invitation was made already. If you do not have its link, make a new one below."), "info")
            return redirect(url_for(".index"), 303)
    return render_template("colleagues/new.html", form=form, stale=stale), 422


@bp.post("/w/colleagues/<uuid:colleague_id>/invite")
@keepers_only
@writes
@freshly(".index")
def invite_again(session: Session, actor: Researcher, colleague_id: UUID) -> ResponseReturnValue:
    """A new link; the account is open again. Pressed again it leads to the list, for whoever never saw the link."""
    try:
        with attempt(session):
            made = keepers.invite_colleague_again(session, actor, held_token(), colleague_id, _seen(), now())
        return _link(made, my_timezone(session, actor))
    except Incomplete as refused:
        flash(_(next(iter(refused.problems.values()))), "error")
        return redirect(url_for(".index"), 303)
    except DoneMeanwhile:
        flash(
            _("A link was made or used since this list was read. If you do not have it, make a new one below."), "info"
        )
        return redirect(url_for(".index"), 303)


@bp.post("/w/colleagues/<uuid:colleague_id>/shut")
@keepers_only
@writes
@freshly(".index")
def shut(session: Session, actor: Researcher, colleague_id: UUID) -> ResponseReturnValue:
    """Shut an account; whoever was signed in with it is out."""
    keepers.shut_colleague(session, actor, held_token(), colleague_id, now())
    flash(_("The account is shut."), "success")
    return redirect(url_for(".index"), 303)


def _seen() -> datetime | None:
    """Until when a link was waiting when the button was shown; what was tampered with fits no link."""
    typed = request.form.get("seen", "")
    try:
        return datetime.fromisoformat(typed) if typed else None
    except ValueError:
        return now()


def _link(made: Link, zone: str) -> ResponseReturnValue:
    link, there = f"{this_site().base_url}/invite/{made.token}", until_there(made.until, zone)
    return render_template("colleagues/link.html", made=made, link=link, **there)
