"""A bare site that shows every component with invented content, in every shell and both directions."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

from flask import Blueprint, Flask, Response, flash, render_template, request
from flask_babel import Babel
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from web_kit.dates import DayMonthYear
from web_kit.errors import error_page
from web_kit.headers import CONTENT_SECURITY_POLICY
from web_kit.language import iso, kept_together, say_date, say_moment

ROOT = Path(__file__).resolve().parents[2]
KIT = ROOT / "web_kit"
SAID = {"format_date": say_date, "said_moment": say_moment, "iso": iso}
SHELLS = ("public", "calm", "desk", "workspace")
ERRORS = (400, 403, 404, 409, 413, 429, 500)


class GalleryForm(FlaskForm):
    """One field of every kind."""

    title = StringField("Short title", [InputRequired("Give it a title of a few words."), Length(max=90)])
    email = EmailField("E-mail address")
    password = PasswordField("Password")
    find = SearchField("Find a place")
    checked = DateField("Checked on")
    known = DayMonthYear("When did you see this?")
    count = IntegerField("How many people")
    country = SelectField("Country", choices={"": "Choose a country", "COD": "DR Congo", "DZA": "Algeria"})
    answer = TextAreaField("Your answer", [InputRequired("Write what you saw or heard.")])
    sure = RadioField(
        "How sure are you?",
        choices={"high": "Sure", "mid": "Fairly sure", "low": "Not sure"},
        invalid_choice_message="Choose one answer.",
    )
    topics = SelectMultipleField(
        "Topics",
        choices={"housing": "Housing", "health": "Health care"},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    consent = BooleanField("You may keep my question for 90 days")
    upload = FileField("Finished form")
    recognised = RadioField("No one can be recognised", choices={"yes": "Yes", "no": "No", "na": "n.a."})
    sourced = RadioField("At least two kinds of source", choices={"yes": "Yes", "no": "No", "na": "n.a."})


def _lists() -> dict[str, Any]:
    return {
        "queue": [
            (
                "Is dialysis possible in Annaba, and is it free for people who lived abroad?",
                "Algeria",
                "stale",
                0,
                True,
            ),
            (
                "My brother has a debt with a lender in Shkodër. Who can help to talk with him?",
                "Albania",
                "none",
                2,
                True,
            ),
            ("Rent for a small home in Lemba or Ngaba, family of three", "DR Congo", "current", 0, False),
            ("د کابل نه هرات ته لاره خلاصه ده؟", "Afghanistan", "soon", 1, False),
        ],
        "tiles": [
            Thing(label="Afghanistan", url="#", kind="stale", small="12 answers"),
            Thing(label="Albania", url="#", kind="current", small="31 answers"),
            Thing(label="DR Congo", url="#", kind="soon", small="44 answers"),
            Thing(label="Mongolia", url="#", kind="none", small=""),
            Thing(label="Bosnia and Herzegovina", url="#", kind="current", small="8 answers"),
            Thing(label="Senegal", url="#", kind="current", small="19 answers"),
        ],
    }


def _words() -> dict[str, Any]:
    return {
        "dates": Thing(
            due=date(2026, 12, 8), checked=date(2026, 9, 22), saved=datetime(2026, 9, 22, 14, 31, tzinfo=UTC)
        ),
        "versions": [
            Thing(
                label="Version 3",
                when=date(2026, 9, 22),
                text="Prices updated for all four areas.",
                url="#",
                current=True,
            ),
            Thing(label="Version 2", when=date(2026, 2, 3), text="Masina added. Valid for six more months.", url="#"),
            Thing(label="Version 1", when=date(2025, 7, 18), text="First published."),
        ],
        "cells": [
            ("Russia", ["stale", "soon", "none", "current", "stale"], "20 mo"),
            ("Guinea", ["current", "current", "stale", "soon", "none"], "13 mo"),
            ("Albania", ["current", "current", "current", "current", "withdrawn"], "9 mo"),
        ],
        **_lists(),
    }


def _shell_context() -> dict[str, Any]:
    rtl = request.args.get("dir") == "rtl"
    names = [("en", "English", "ltr"), ("fr", "Français", "ltr"), ("nl", "Nederlands", "ltr"), ("ar", "العربية", "rtl")]
    staff = request.view_args and request.view_args.get("shell") in {"desk", "workspace"}
    public = [("Countries", None), ("Topics", None), ("Ask a question", None), ("My question", None)]
    desk = [
        ("Questions", 9),
        ("Assignments", 6),
        ("Reviews", 17),
        ("Excerpts", None),
        ("Freshness", None),
        ("Partners", None),
    ]
    return {
        "lang": "ar" if rtl else "en",
        "dir": "rtl" if rtl else "ltr",
        "languages": [Thing(code=code, name=name, dir=way, url="#") for code, name, way in names],
        "actor": Thing(kind="staff", name="Inge V.") if staff else Thing(kind="visitor"),
        "account_links": [Thing(label="My account", url="#")],
        "single_keys": True,
        "keys_url": "#",
        "logout_url": "/logout",
        "home_url": "/",
        "navigation": [
            Thing(label=label, url="#", current=n == 0, count=count)
            for n, (label, count) in enumerate(desk if staff else public)
        ],
        "nav_counts": {},
        "footer_links": [
            Thing(label=label, url="#")
            for label in ("How we check information", "Accessibility", "Privacy", "Contact the helpdesk")
        ],
    }


def _tell_templates(app: Flask) -> None:
    app.jinja_env.filters["together"] = kept_together
    app.jinja_env.globals.update(asset=lambda path: f"/static/{path}?v=1", first_page=lambda: "#", **SAID)
    app.context_processor(_shell_context)


def gallery_app() -> Flask:
    """A site with nothing behind it: no database, no log-in, the same policy headers as the real ones."""
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY="gallery", TESTING=True)
    app.jinja_options = {"undefined": StrictUndefined, "extensions": ["jinja2.ext.do"]}
    app.jinja_loader = ChoiceLoader(  # type: ignore[assignment]
        [FileSystemLoader(KIT / "templates"), FileSystemLoader(Path(__file__).parent / "templates")]
    )
    Babel(app)
    CSRFProtect(app)
    _tell_templates(app)
    app.extensions["terrain"] = Thing(for_programs="")
    app.register_blueprint(Blueprint("kit", __name__, static_folder=str(KIT / "static"), static_url_path="/static"))

    @app.get("/")
    def start() -> str:
        addresses = [f"/gallery/{shell}{query}" for shell in SHELLS for query in ("", "?errors=1", "?dir=rtl")]
        links = "".join(f'<li><a href="{address}">{address}</a></li>' for address in addresses)
        return f"<!doctype html><html lang=en><title>Gallery</title><h1>Gallery</h1><ul>{links}</ul></html>"

    @app.get("/gallery/<shell>")
    def gallery(shell: str) -> str:
        form = GalleryForm(formdata=None, data={"sure": "mid", "sourced": "yes", "known": date(2026, 3, 27)})
        if request.args.get("errors"):
            form = GalleryForm(formdata=_half_filled())
            form.validate()
        flash("Saved. The partner will read it on Monday.")
        return render_template("kit/gallery.html", shell=f"kit/{shell}.html", form=form, **_words())

    @app.get("/error/<int:code>")
    def error(code: int) -> Response:
        return error_page(code)

    @app.after_request
    def policy(response: Any) -> Any:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response

    return app


def _half_filled() -> Any:
    from werkzeug.datastructures import MultiDict

    return MultiDict(
        [
            ("title", ""),
            ("answer", ""),
            ("known", "31"),
            ("known", "2"),
            ("known", "2026"),
            ("sure", ""),
            ("email", "inge@example.org"),
        ]
    )


if __name__ == "__main__":
    gallery_app().run(port=int(os.environ.get("GALLERY_PORT", "8199")))
