"""A decision about a text that was written in since it was read: both texts, what was read and what stands."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from web_kit.forms import EditForm
from web_kit.typed import typed_texts
from webapp.desk.excerpts_discarded import refuse_discarded
from webapp.desk.excerpts_forms import VersionForm
from webapp.desk.excerpts_page import field_labels, in_words, notes_of
from webapp.desk.saved_by import saved_by
from webapp.desk.side_by_side import sides
from webapp.desk.vocabulary import vocabulary
from workflows.core.errors import EditConflict
from workflows.excerpts.desk_page import ExcerptPage
from workflows.excerpts.kept import text_seen


def changed_meanwhile(
    session: Session, page: ExcerptPage, form: EditForm, conflict: EditConflict
) -> ResponseReturnValue:
    """409 with the text that was read beside the one that stands, and what was typed.

    Raises the conflict again when no word changed, or the text is not known any more: the general page says it then.
    Refuses: Discarded.
    """
    if isinstance(form, VersionForm):
        refuse_discarded(page, form.number.data)
    working = page.working
    seen = text_seen(session, working.id, form.seen_version) if working else None
    if working is None or seen is None:
        raise conflict
    words, labels = vocabulary(session), field_labels()
    read, stands = (in_words(one, words) | notes_of(noted) for one, noted in ((seen, seen), (working.text, working)))
    rows = [
        row
        for name in stands
        if read[name] != stands[name]
        for row in sides(name, labels[name], read[name], stands[name])
    ]
    if not rows:
        raise conflict
    shown = render_template(
        "desk/excerpts/stale.html", page=page, words=words, rows=rows, number=working.text.number, typed=typed_texts(),
        saved_by=saved_by(session, conflict),
    )  # fmt: skip
    return shown, 409
