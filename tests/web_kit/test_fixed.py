"""Addresses that stand on every page are those of the page that is made: its site, its language, where it is mounted."""

from flask import Flask, url_for

from web_kit.fixed import address_of


def test_each_language_has_its_own_addresses(public_app: Flask) -> None:
    for code in ("en", "ar", "en"):
        with public_app.test_request_context(f"/{code}/search"):
            public_app.preprocess_request()
            assert address_of("help.index") == url_for("help.index") == f"/{code}/help"


def test_a_page_of_the_same_name_has_an_address_on_each_site(desk_app: Flask, portal_app: Flask) -> None:
    for app in (desk_app, portal_app, desk_app):
        with app.test_request_context("/"):
            assert address_of("account.show") == url_for("account.show")


def test_addresses_begin_where_the_site_is_mounted(desk_app: Flask) -> None:
    for mounted in ("", "/terrain", ""):
        with desk_app.test_request_context("/desk/", environ_overrides={"SCRIPT_NAME": mounted}):
            assert address_of("questions.queue") == f"{mounted}/desk/questions"
