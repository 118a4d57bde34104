"""The public site, for a WSGI server."""

from config.starting import loading

with loading():
    from config.logs import configure
    from config.settings import PublicSettings
    from webapp.public.app import create_public

    configure("web")
    app = create_public(PublicSettings.from_environment())
