"""The files of a published text, as downloads: clean copies under names of ours, which no browser shows."""

from typing import Any

from flask import Blueprint, Response, url_for
from sqlalchemy.orm import Session

from web_kit.gate import everyone
from web_kit.unit import reads
from web_kit.word import as_a_file
from webapp.file_words import said
from webapp.public.caching import as_of, for_scripts, last_modified
from workflows.core import clock
from workflows.core.actors import Actor
from workflows.excerpts.models import ExcerptState
from workflows.excerpts.public import ExcerptPage, Text
from workflows.excerpts.published_files import file_to_take
from workflows.excerpts.tongues import Tongue

bp = Blueprint("excerpt_files", __name__)


@bp.get("/<language:lang>/e/<ref>/files/<name>")
@everyone
@for_scripts
@reads
def take(session: Session, actor: Actor, ref: str, name: str) -> Response:
    """One file. Refuses: NotFound, also while its text is on hold, and once it was taken back."""
    media, data, changed_on = file_to_take(session, ref, name)
    if since := last_modified(changed_on, clock.today()):
        as_of(since)
    return as_a_file(data, media, f"{ref}-{name}")


def listed(page: ExcerptPage) -> list[dict[str, Any]]:
    """The files for the page of a text: what each shows, in which language that is said, what it is, where it is taken.

    A translation has none of its own and shows those of its original; what is not published shows none.
    """
    if page.state != ExcerptState.PUBLISHED:
        return []
    shown: list[Text | Tongue] = [page.text]
    if page.original and page.original.state == ExcerptState.PUBLISHED:
        shown.append(page.original)
    return [
        {
            "title": one["title"],
            "language": text.language,
            "small": said(one["media"], one["size"]),
            "url": url_for("excerpt_files.take", ref=text.ref, name=one["name"]),
        }
        for text in shown
        for one in text.files
    ]
