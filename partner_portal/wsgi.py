"""The partner portal, for a WSGI server."""

from config.starting import loading

with loading():
    from config.logs import configure
    from config.settings import PortalSettings
    from partner_portal.app import create_app

    configure("portal")
    app = create_app(PortalSettings.from_environment())
