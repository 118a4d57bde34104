"""Open data: what there is for programs, the dumps that the worker makes each night, and their files."""

from datetime import timedelta
from pathlib import Path

from flask import Blueprint, Response, current_app, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from config import policy
from web_kit.gate import everyone
from web_kit.site import this_site
from webapp.public.caching import as_of, as_of_release, for_scripts, may_be_kept
from workflows.core.clock import now
from workflows.core.dump_folder import MANIFEST, DumpFile, Manifest
from workflows.core.errors import NotFound

bp = Blueprint("dumps", __name__)
GZIP = "application/gzip"
SUMS = "SHA256SUMS"
TERMS = "LICENSE.txt"
TERMS_TEXT = """\
The files in this folder are published under the licence Creative Commons Attribution 4.0 International (CC BY 4.0):
https://creativecommons.org/licenses/by/4.0/

You may use, change and share them, also for money. Name Terrain ({source}) as the source, and say what you changed.

Texts grow old and are sometimes taken back. Show the date of a text with it, and look at retractions.jsonl before you
show a copy.
"""


@bp.get("/<language:lang>/dumps")
@everyone
@may_be_kept
def show() -> ResponseReturnValue:
    """What can be taken, how old it is, and under which licence."""
    manifest = Manifest.read(folder())
    late = manifest is not None and now() - manifest.made_at > policy.DUMP_LATE_AFTER
    if manifest:
        as_of(manifest.made_at + policy.DUMP_LATE_AFTER * late)
    return render_template("public/dumps/show.html", manifest=manifest, late=late)


@bp.get("/<language:lang>/api")
@everyone
@may_be_kept
def interface() -> ResponseReturnValue:
    """The interface for programs, described for people."""
    as_of_release()
    return render_template(
        "public/dumps/interface.html", base=this_site().base_url, limit=int(policy.API_CALLS_PER_NETWORK.split()[0]),
        largest=policy.API_PAGE_SIZE_LARGEST, minutes=policy.PUBLIC_CACHE // timedelta(minutes=1),
    )  # fmt: skip


@bp.get("/dumps/")
@everyone
def index() -> ResponseReturnValue:
    """The page, in the language of whoever comes."""
    return redirect(url_for(".show"))


@bp.get(f"/dumps/{MANIFEST}")
@everyone
@for_scripts
def manifest() -> Response:
    """The day, the counts and the sums of every file."""
    the_manifest()
    return Response((folder() / MANIFEST).read_bytes(), mimetype="application/json")


@bp.get(f"/dumps/{SUMS}")
@everyone
@for_scripts
def sums() -> Response:
    """The sums as `sha256sum --check` reads them."""
    lines = [
        line
        for file in the_manifest().files
        for line in (f"{file.sha256}  {file.name}\n", f"{file.gzip.sha256}  {file.name}.gz\n")
    ]
    return Response("".join(lines), mimetype="text/plain")


@bp.get(f"/dumps/{TERMS}")
@everyone
@for_scripts
def terms() -> Response:
    """What one may do with the files, to keep beside them."""
    return Response(TERMS_TEXT.format(source=this_site().base_url), mimetype="text/plain")


@bp.get("/dumps/<name>")
@everyone
@for_scripts
def file(name: str) -> Response:
    """One file, whole or a part of it; or its compressed twin, by name or for whoever can unpack it on the way."""
    return _sent(name, again=True)


def folder() -> Path:
    """Where the dumps are."""
    found: Path = current_app.config["DUMPS_FOLDER"]
    return found


def the_manifest() -> Manifest:
    """Of the dump that counts. Refuses: NotFound."""
    found = Manifest.read(folder())
    if found is None:
        raise NotFound(MANIFEST)
    return found


def _sent(name: str, *, again: bool) -> Response:
    counts = the_manifest()
    found = counts.find(name.removesuffix(".gz"))
    if found is None:
        raise NotFound(name)
    packed = name.endswith(".gz") or bool(request.accept_encodings.quality("gzip"))
    try:
        return _answer(counts, found, packed=packed, as_such=name.endswith(".gz"))
    except FileNotFoundError:  # a new dump took the place of this one just now
        if not again:
            raise NotFound(name) from None
        return _sent(name, again=False)


def _answer(counts: Manifest, found: DumpFile, *, packed: bool, as_such: bool) -> Response:
    path = folder() / counts.folder / (f"{found.name}.gz" if packed else found.name)
    answer = send_file(
        path,
        GZIP if as_such else found.media,
        etag=found.gzip.sha256 if packed else found.sha256,
        last_modified=counts.made_at,
        max_age=int(policy.PUBLIC_CACHE.total_seconds()),
    )
    answer.vary.add("Accept-Encoding")  # of a part, too
    if packed and not as_such:
        answer.content_encoding = "gzip"
    return answer
