"""How we work, in three pages, and where machines may look."""

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from config import policy
from web_kit.gate import everyone
from web_kit.site import this_site
from webapp.public.caching import as_of_release, may_be_kept
from workflows.answers.checklist import CHECKS

bp = Blueprint("pages", __name__)


@bp.get("/<language:lang>/method")
@everyone
@may_be_kept
def method() -> ResponseReturnValue:
    """How information is found, checked and kept fresh."""
    as_of_release()
    return render_template("public/pages/method.html", points=len(CHECKS))


@bp.get("/<language:lang>/privacy")
@everyone
@may_be_kept
def privacy() -> ResponseReturnValue:
    """What we keep, for how long, and who sees it."""
    as_of_release()
    kept = {
        "erasure_days": policy.ERASURE_DAYS,
        "unconfirmed_days": policy.UNCONFIRMED_DAYS,
        "counted_days": policy.SESSIONS_KEPT_DAYS,
    }
    return render_template("public/pages/privacy.html", **kept)


@bp.get("/<language:lang>/accessibility")
@everyone
@may_be_kept
def accessibility() -> ResponseReturnValue:
    """What works for whom, and what does not yet."""
    as_of_release()
    return render_template("public/pages/accessibility.html")


@bp.get("/robots.txt")
@everyone
@may_be_kept
def robots() -> Response:
    """Public pages may be indexed; what readers ask and follow may not."""
    as_of_release()
    lines = ["User-agent: *"]
    lines += [f"Disallow: /{code}/{part}" for code in this_site().languages for part in ("alerts", "ask", "q")]
    lines.append(f"Sitemap: {this_site().base_url}{url_for('sitemap.index')}")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
