"""The desk, for a WSGI server."""

from config.starting import loading

with loading():
    from config.logs import configure
    from config.settings import DeskSettings
    from webapp.desk.app import create_desk

    configure("desk")
    app = create_desk(DeskSettings.from_environment())
