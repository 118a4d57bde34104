"""Whose network a visitor counts as, with and without a reverse proxy in front."""

import pytest
from flask import request

from config.settings import PublicSettings
from web_kit.gate import everyone
from webapp.public.app import create_public


@pytest.fixture
def seen_as(environment: dict[str, str]):
    """Which address a site at this base address sees, when a header names another."""

    def ask(base_url: str, forwarded: str) -> str:
        app = create_public(PublicSettings.from_environment(environment | {"BASE_URL_PUBLIC": base_url}))
        app.add_url_rule("/whoami", view_func=everyone(lambda: request.remote_addr), endpoint="whoami")
        return app.test_client().get("/whoami", headers={"X-Forwarded-For": forwarded}).text

    return ask


def test_behind_the_proxy_a_visitor_counts_as_the_network_the_proxy_saw(seen_as):
    assert seen_as("https://terrain.example.org", "192.0.2.7") == "192.0.2.7"


def test_what_a_visitor_wrote_into_the_header_before_the_proxy_is_not_believed(seen_as):
    assert seen_as("https://terrain.example.org", "198.51.100.1, 192.0.2.7") == "192.0.2.7"


def test_without_a_proxy_nobody_chooses_their_own_network(seen_as):
    assert seen_as("http://127.0.0.1:8000", "192.0.2.7") == "127.0.0.1"
