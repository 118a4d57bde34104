"""An address whose code somebody typed in small letters leads to the one that is ours."""

import re

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from workflows.excerpts.public import REFERENCE

A_COUNTRY = "[A-Z]{3}"
CODES = {"ref": re.compile(REFERENCE), "iso3": re.compile(A_COUNTRY), "code": re.compile(A_COUNTRY)}
"""Parts of addresses that are in capitals, and what they look like."""


def spell_codes_as_we_do() -> Response | None:
    """For good, with everything else as it was asked; what only looks like a code gets its answer there. None for an
    address that is spelled well, and for what is sent.
    """
    parts = request.view_args or {}
    capitals = {name: str(parts[name]).upper() for name in CODES if name in parts}
    ours = {name: code for name, code in capitals.items() if code != parts[name] and CODES[name].fullmatch(code)}
    if not ours or request.method not in {"GET", "HEAD"}:
        return None
    asked = request.query_string.decode("ascii", "ignore")
    address = url_for(request.endpoint or "", **{**parts, **ours})
    return redirect(f"{address}?{asked}" if asked else address, 308)
