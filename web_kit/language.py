"""Which language a page is in, and the same page in the others."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location
from flask import Flask, Response, current_app, g, has_app_context, request, url_for
from flask_babel import force_locale, format_datetime, get_locale, gettext, to_user_timezone
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from web_kit.site import this_site
from workflows.core.days import day_in_words, first_of_month
from workflows.core.together import together

RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "ur", "he"})
COOKIE = "language"
A_YEAR = 31536000
A_FILE = re.compile(r"\.(?:csv|docx)$")
OWN_NAMES = {
    "en": "English", "fr": "Français", "nl": "Nederlands", "ar": "العربية", "es": "Español", "ru": "Русский"
}  # fmt: skip
"""Of every language that a site speaks, so that no page loads all that Babel knows of the others."""
LOCALES = {"en": "en_GB", "fr": "fr_FR", "nl": "nl_NL", "ar": "ar_AR", "es": "es_ES", "ru": "ru_RU"}
"""As Open Graph has them, which wants a country behind each language."""
IN_LETTERS = {("ar", "medium"): "long"}
"""Forms that a language would write with the month as a number."""


@dataclass(frozen=True)
class Offer:
    """This page in one language."""

    code: str
    name: str
    dir: str
    url: str


def direction(code: str) -> str:
    """The writing direction of a language."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def choose() -> str:
    """The language of this request: the address's, the one chosen in this browser, the account's, or the browser's."""
    site = this_site()
    on_no_page = request.path.strip("/").partition("/")[0] if site.language_in_path else ""
    asked = g.get("lang") or on_no_page
    kept = request.cookies.get(site.cookie(COOKIE))
    actor_says = getattr(g.get("actor"), "language", None)
    for code in (asked, kept, actor_says):
        if code in site.languages:
            return str(code)
    return request.accept_languages.best_match(site.languages) or site.languages[0]


def pressed_in() -> str:
    """The language of the page whose button was pressed, where its form says so: to sign out has one address."""
    said = request.form.get("language", "")
    return said if said in this_site().languages else current()


def remember(answer: Response, code: str) -> None:
    """Keep a language in this browser; the server keeps nothing."""
    site = this_site()
    answer.set_cookie(site.cookie(COOKIE), code, max_age=A_YEAR, samesite="Lax", secure=site.https, httponly=True)


def speaking(code: str, caller: Callable[[], str]) -> str:
    """A part of a page that is in another language than the page, its dates as well: `{% call speaking("fr") %}`."""
    with force_locale(code):
        return caller()


def home() -> str:
    """The start page of this site, in the language of this page where addresses name it."""
    start = this_site().home_by_language
    return url_for(start) if start else this_site().home


def spoken() -> Locale | None:
    """The locale in use, None outside of a page. A page asks for it with each word and date, where Flask-Babel goes
    through five proxies: what it found is taken from where it keeps it.
    """
    kept = vars(g._get_current_object()).get("_flask_babel") if has_app_context() else None  # noqa: SLF001
    return getattr(kept, "babel_locale", None) or get_locale()


def current() -> str:
    """The language code in use."""
    locale = spoken()
    return str(locale.language)[:2] if locale else "en"


def offers() -> list[Offer]:
    """The language menu: this page's address in each language of the site."""
    return [Offer(code, OWN_NAMES[code], direction(code), _address(code)) for code in this_site().languages]


def _address(code: str) -> str:
    endpoint = _endpoint_to_read()
    if endpoint is None and this_site().language_in_path:
        return f"/{code}/"
    if endpoint is None or "lang" not in g:
        return url_for("entry.speak", code=code, next=this_page())
    address = url_for(endpoint, **{**(request.view_args or {}), "lang": code})
    chosen = request.query_string.decode("ascii", "ignore")
    return f"{address}?{chosen}" if chosen else address


def this_page() -> str:
    """The path of this page with what was chosen on it; for a file, of the page that it is the same as; after sending a
    form, the path of a page that can be read: this one, or the nearest above it.
    """
    if request.method in {"GET", "HEAD"}:
        whole = A_FILE.sub("", request.path)
        page = whole if _can_be_read(whole) else request.path
        chosen = request.query_string.decode("ascii", "ignore")
        return f"{page}?{chosen}" if chosen else page
    path = request.path
    while path and not _can_be_read(path):
        path = path.rpartition("/")[0]
    return path or "/"


def _can_be_read(path: str) -> bool:
    adapter: MapAdapter = current_app.create_url_adapter(request)  # type: ignore[assignment]
    return adapter.test(path, method="GET")


def _endpoint_to_read() -> str | None:
    """The page at this address; after sending a form, the one that showed it."""
    if request.method in {"GET", "HEAD"}:
        return request.endpoint
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    return str(endpoint)


def put_in_path(app: Flask) -> None:
    """Addresses of this site begin with the language: views neither receive nor pass it."""

    @app.url_value_preprocessor
    def take_out(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001
        if values and "lang" in values:
            g.lang = values.pop("lang")

    @app.url_defaults
    def put_in(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("lang") or current()


def say_date(day: date | datetime | None, form: str = "long") -> str:
    """A date with the month in letters, the day first in English too; nothing for no date."""
    if day is None:
        return ""
    here = to_user_timezone(day).date() if isinstance(day, datetime) else day
    return _date_in(current(), here, form)


def apart(text: str) -> str:
    """Words that somebody typed, to stand in a line of ours without markup: on a page from right to left the line does
    not turn them round. Isolates are taken out of everything that is typed, so none can be in them.
    """
    return f"\u2068{text}\u2069" if text and direction(current()) == "rtl" else text


def listed(values: Iterable[object]) -> str:
    """One after another, with the comma of the language of the page."""
    return gettext(", ").join(map(str, values))


def kept_together(text: str) -> str:
    """Words that somebody wrote, as `together` shows them. Markup is left alone."""
    return text if isinstance(text, Markup) else together(str(text))


def say_moment(moment: datetime) -> str:
    """Day and time of a moment that is in the reader's own time already."""
    return gettext("%(day)s, %(time)s", day=say_date(moment.date(), "medium"), time=moment.strftime("%H:%M"))


def say_time(moment: datetime, form: str) -> str:
    """A moment as the pattern says, in the time of the page."""
    return first_of_month(format_datetime(moment, form), current())


@lru_cache(maxsize=4096)
def _date_in(code: str, day: date, form: str) -> str:
    return day_in_words(day, IN_LETTERS.get((code, form), form), code)


def iso(moment: date | datetime) -> str:
    """The same for machines, to the second: browsers know no more than thousandths."""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def times_of(zone: str) -> str:
    """Whose hours a page shows, in words, by the city that the zone is named after."""
    return gettext("Times are those of %(city)s.", city=_city(zone))


def until_there(moment: datetime, zone: str) -> dict[str, Any]:
    """What `kit/_link.html` says of the end of a link: in the time of whoever gets it, who may live elsewhere."""
    return {"until": moment.astimezone(ZoneInfo(zone)), "zone": times_of(zone)}


def _city(zone: str) -> str:
    """In the language of the page; of a zone that was renamed, languages know the city under the older name."""
    known = Locale.parse(current()).time_zones
    older = (name for name, newer in get_global("zone_aliases").items() if newer == zone)
    named = (known.get(name, {}).get("city") for name in older)
    return next(filter(None, named), None) or get_timezone_location(zone, locale=current(), return_city=True)


def language_name(code: str) -> str:
    """The name of a language in the language of the page; its code when nobody has a name for it."""
    return _language_name(code, current())


def other_tongue(code: str) -> str:
    """To stand behind what is said of a text: “ · in Dutch”, if the page is in another language; else nothing."""
    return "" if code == current() else " · " + gettext("in %(language)s", language=language_name(code))


@lru_cache(maxsize=512)
def _language_name(code: str, said_in: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_language_name(said_in) or code
    except (ValueError, UnknownLocaleError):
        return code
