"""The four sites as test clients, on this worker's database, each with its own log-in."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from config.settings import CaseloadSettings, DeskSettings, PortalSettings, PublicSettings
from partner_portal.app import create_app as create_portal
from tests.html_rules import links_nowhere
from web_kit.site import this_site
from web_kit.unit import db
from webapp.caseload.app import create_caseload
from webapp.desk.app import create_desk
from webapp.public.app import create_public
from workflows.accounts.models import LoginSession
from workflows.core.clock import now
from workflows.core.db import begin
from workflows.core.sealed import Keyring

PAGE, REFUSED = "text/html", 422


class Browser:
    """A test client that keeps cookies, fills in the CSRF token, and can be signed in."""

    def __init__(self, app: Flask, house: Engine) -> None:
        self.app = app
        self.site = this_site(app)
        self.client: FlaskClient = app.test_client()
        self._house = house

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        """Post a form with the token of this browser's session. What a refusal says leads to the fields it is about."""
        answer = self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **options)
        if answer.status_code == REFUSED and answer.mimetype == PAGE:
            assert not (lost := links_nowhere(answer.text)), f"{path}: links to {lost}, which is not on the page"
        return answer

    def token(self) -> str:
        from flask_wtf.csrf import generate_csrf

        with self.app.test_request_context():
            from flask import session

            with self.client.session_transaction() as kept:
                session.update(kept)
                value = generate_csrf()
                kept.update(session)
        return value

    def sign_in(self, account_id: UUID) -> "Browser":
        """A full session for this account (on the public site: this request), as if the log-in had been passed."""
        token, moment = secrets.token_urlsafe(32), now()
        with begin(self._house, Keyring()) as session:
            session.add(
                LoginSession(
                    digest=sha256(token.encode()).digest(),
                    site=self.site.name,
                    account_id=account_id,
                    level="full",
                    created_at=moment,
                    seen_at=moment,
                    expires_at=moment + timedelta(hours=1),
                    revoked_at=None,
                )
            )
        self.client.set_cookie(self.site.session_cookie, token)
        return self

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect the SQL of what happens inside, without the log-in's own and settings, as in a process just begun."""
        seen: list[str] = []
        self.app.extensions.pop("vocabulary", None)

        def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
            quiet = ("set_config", "authn.live_session")
            if not any(word in statement for word in quiet):
                seen.append(statement)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)


def running(app: Flask) -> Iterator[Flask]:
    """An application whose connections are closed at the end."""
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def public_app(environment: dict[str, str]) -> Iterator[Flask]:
    yield from running(create_public(PublicSettings.from_environment(environment)))


@pytest.fixture(scope="session")
def desk_app(environment: dict[str, str]) -> Iterator[Flask]:
    yesterday = now() - timedelta(days=1)
    yield from running(create_desk(DeskSettings.from_environment(environment), started=yesterday))


@pytest.fixture(scope="session")
def portal_app(environment: dict[str, str]) -> Iterator[Flask]:
    yield from running(create_portal(PortalSettings.from_environment(environment)))


@pytest.fixture(scope="session")
def caseload_app(environment: dict[str, str]) -> Iterator[Flask]:
    yield from running(create_caseload(CaseloadSettings.from_environment(environment)))


@pytest.fixture
def public(public_app: Flask, house: Engine, clean: None) -> Browser:
    return Browser(public_app, house)


@pytest.fixture
def desk(desk_app: Flask, house: Engine, clean: None) -> Browser:
    desk_app.extensions.pop("vocabulary", None)  # of the test before
    return Browser(desk_app, house)


@pytest.fixture
def portal(portal_app: Flask, house: Engine, clean: None) -> Browser:
    return Browser(portal_app, house)


@pytest.fixture
def caseload(caseload_app: Flask, house: Engine, clean: None) -> Browser:
    return Browser(caseload_app, house)
