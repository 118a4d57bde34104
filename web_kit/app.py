"""Makes one site: the same careful set-up for the public site, the desk and the portal."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter, IntegerConverter, Map, UnicodeConverter

from config import policy
from web_kit import entry, health, language
from web_kit.compiled import Compiled
from web_kit.errors import add_error_pages
from web_kit.files import add_files, asset
from web_kit.gate import refuse_ungated
from web_kit.headers import add_headers
from web_kit.network import network_key
from web_kit.said import speak_in_templates
from web_kit.site import TRANSLATIONS, Site
from web_kit.unit import current_actor, db
from web_kit.uploads import allow_large_forms

HERE = Path(__file__).parent
MOST_FIELDS = 1000

limiter = Limiter(network_key, default_limits=[], headers_enabled=False, strategy="fixed-window")
csrf = CSRFProtect()
log = structlog.get_logger("web")


def make_site(import_name: str, site: Site, templates: Path, blueprints: list[Any], **config: Any) -> Flask:
    """Build the application. Refuses (RuntimeError) a view without a gate."""
    app = Flask(import_name, static_folder=None, template_folder=None)
    app.extensions["terrain"] = site
    app.config.update(_configuration(site), **config)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(templates), FileSystemLoader(HERE / "templates")])
    app.jinja_env.bytecode_cache = Compiled(templates)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.add_extension("jinja2.ext.do")
    allow_large_forms(app)
    _attach(app)
    app.url_map.converters |= {"default": Word, "int": Number, "language": language_converter(site.languages)}
    if site.language_in_path:
        language.put_in_path(app)
    for bp in (entry.bp, health.bp, *blueprints):
        app.register_blueprint(bp)
    add_files(app)
    _tell_templates(app, site)
    add_headers(app, https=site.https)
    add_error_pages(app)
    _log_requests(app, site.name)
    refuse_ungated(app)
    if site.https:  # then a proxy of ours ends TLS, and nobody else reaches our loopback port
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    return app


WHICH_TEXTS = "-c work_mem=16MB"
"""In less, PostgreSQL forgets which of a hundred thousand found texts they were, and looks at all their neighbours."""


def _configuration(site: Site) -> dict[str, Any]:
    url = site.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    return {
        "SECRET_KEY": site.secret_key,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": True,
            "pool_size": 8,
            "max_overflow": 4,
            "connect_args": {"options": WHICH_TEXTS},
        },
        "SESSION_COOKIE_NAME": site.cookie(f"{site.name}_form"),
        "SESSION_COOKIE_SECURE": site.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_SSL_STRICT": False,  # the Referer it wants is what our Referrer-Policy withholds
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 5,  # a tenth smaller than at its default of 4
        "COMPRESS_LEVEL": 9,
        "COMPRESS_STREAMS": False,
        "MAX_CONTENT_LENGTH": policy.FORM_MAX_BYTES,
        "MAX_FORM_MEMORY_SIZE": policy.FORM_MAX_BYTES,
        "MAX_FORM_PARTS": MOST_FIELDS,
        "RATELIMIT_STORAGE_URI": site.ratelimit_url,
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "BABEL_TRANSLATION_DIRECTORIES": str(TRANSLATIONS),
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_DEFAULT_TIMEZONE": policy.HELPDESK_TIMEZONE,
    }


class Word(UnicodeConverter):
    """A part of an address. One with a zero byte names nothing, and the database would not hear of it."""

    def __init__(self, url_map: Map, **how_long: Any) -> None:
        super().__init__(url_map, **how_long)
        self.regex = self.regex.replace("[^/]", r"[^/\0]")


LARGEST_NUMBER = 32_767
"""Of a version or an edition: what its column holds."""


class Number(IntegerConverter):
    """A number in an address, of a version or an edition. One that no column holds names nothing."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=LARGEST_NUMBER)


def language_converter(codes: tuple[str, ...]) -> type[BaseConverter]:
    """The first part of a public address: one of the site's languages, else no such page."""
    return type("Language", (BaseConverter,), {"regex": "|".join(codes), "part_isolating": True})


def _attach(app: Flask) -> None:
    db.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    Compress(app)
    Babel(app, locale_selector=language.choose)
    speak_in_templates(app)


def _tell_templates(app: Flask, site: Site) -> None:
    @app.context_processor
    def shell() -> dict[str, Any]:
        code = language.current()
        return {
            "lang": code,
            "dir": language.direction(code),
            "languages": language.offers(),
            "actor": g.get("actor"),
            "navigation": site.navigation(),
            "footer_links": site.footer(),
            "site_name": site.title,
            "base_url": site.base_url,
            "home_url": language.home(),
            "nav_counts": {},
            "request_id": g.get("request_id", ""),
            **site.context(),
        }

    app.jinja_env.filters |= {"together": language.kept_together, "listed": language.listed}
    app.jinja_env.filters["datetimeformat"] = language.say_time
    app.jinja_env.globals.update(
        asset=asset,
        first_page=entry.first_page,
        direction_of=language.direction,
        format_date=language.say_date,
        iso=language.iso,
        other_tongue=language.other_tongue,
        said_moment=language.say_moment,
        speaking=language.speaking,
    )


def _log_requests(app: Flask, name: str) -> None:
    """One line per answer: which page, by its name, never its address, its fields or who asked."""

    @app.before_request
    def begin_request() -> None:
        g.request_id = uuid4().hex[:8]
        structlog.contextvars.bind_contextvars(request_id=g.request_id)
        if request.endpoint not in {"static", "health.database", "health.clock"}:
            current_actor()

    @app.after_request
    def note(answer: Response) -> Response:
        log.info("answered", site=name, page=request.endpoint, method=request.method, status=answer.status_code)
        structlog.contextvars.clear_contextvars()
        return answer
