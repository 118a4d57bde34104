"""The public site in tests: rate limits start at nothing, and a form is old enough to be a person's."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.factories import make_question, make_request
from tests.journey.reader import ClientReader
from tests.requesters import LONG_ENOUGH
from tests.sites import Browser
from web_kit.app import limiter
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.clock import now
from workflows.requests.models import Question, Request
from workflows.requests.receipts import fingerprint, new_code

Asking = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def no_limits_used(public_app: Flask) -> None:
    with public_app.app_context():
        limiter.reset()


@pytest.fixture(autouse=True)
def no_page_made_before(public_app: Flask) -> None:
    public_app.extensions.pop("made_pages", None)


@pytest.fixture
def asking(public: Browser) -> Asking:
    """A complete form that was open for a minute; a value of None leaves the field out."""

    def fill(**changes: Any) -> dict[str, Any]:
        with public.app.app_context():
            ticket = Ticket.issue(now() - timedelta(minutes=1)).sign()
        form = {
            "ticket": ticket,
            "requester_kind": "self",
            "questions-0-text": LONG_ENOUGH,
            "questions-0-country": "COD",
            "questions-0-place": "Kinshasa",
            "language": "en",
            "contact": "",
            "consent": "y",
            "website": "",
        }
        return {name: value for name, value in (form | changes).items() if value is not None}

    return fill


@pytest.fixture
def page(public: Browser) -> ClientReader:
    """Somebody in a browser without a screen."""
    return ClientReader(public)


def code_in(page: str) -> str:
    """The receipt code that a page shows."""
    [code] = re.findall(r'class="receipt"[^>]*>([^<]+)<', page)
    return code.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def request_with_code(public, scene) -> tuple[Request, str]:
    code = new_code(public.site.receipt_key, uuid4())
    request = make_request(scene, code_hash=fingerprint(public.site.receipt_key, code))
    scene.commit()
    return request, code


def fresh(scene, request=None, **values) -> Question:
    """A question asked a moment ago, so that its dates have not passed."""
    today = clock.today()
    dates = {"received_at": now(), "triage_by": today + timedelta(days=2), "promised_by": today + timedelta(days=26)}
    return make_question(scene, request, **dates | values)


def open_status(public, scene, question: Question, lang: str = "en"):
    scene.commit()
    public.sign_in(question.request_id)
    return public.get(f"/{lang}/q/status")
