"""The counsellors' site, for a WSGI server."""

from config.starting import loading

with loading():
    from config.logs import configure
    from config.settings import CaseloadSettings
    from webapp.caseload.app import create_caseload

    configure("caseload")
    app = create_caseload(CaseloadSettings.from_environment())
