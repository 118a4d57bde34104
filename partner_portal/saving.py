"""What a page that saves by itself is told, as JSON: it posts the very form of the answer to the very same address.

200 and 422 with a `version`: everything that could be read was kept; 422 without: nothing was. 409 has both texts. 401:
nobody, or somebody else than whoever wrote this (`who`), is signed in. With `compare` nothing is saved, and what could
not be read is told all the same.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import Field, FormField

from partner_portal.answer_form import AnswerForm
from partner_portal.answer_rows import RowForm, Rows
from partner_portal.beside import unsent_beside
from partner_portal.clashes import clashes_between, whose
from partner_portal.lock import who
from partner_portal.page import progress, sending_page
from web_kit.forms import Clash
from workflows.answers.drafts import NEVER_SHOWN, ROWS
from workflows.answers.partner import is_what_stands, save_answer
from workflows.answers.work_queries import Work, work_at_hand
from workflows.core.actors import Researcher
from workflows.core.clock import now
from workflows.core.errors import EditConflict, Incomplete


def keep(session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm) -> ResponseReturnValue:
    """Save a draft for a script. Refuses: NotFound, OutOfTurn (not being written)."""
    if request.form.get("who", who(actor)) != who(actor):
        return {"heading": _("You were away for a while"), "text": _("Come in again")}, 401
    if "compare" in request.form:
        return _compared(session, actor, assignment_id, typed)
    try:
        save_answer(session, actor, assignment_id, typed.seen_version, typed.draft(), now(), sending_page())
    except EditConflict:
        clashes = clashes_between(work_at_hand(session, actor, assignment_id), typed)
        return _both_texts(session, actor, assignment_id, typed, clashes, 409)
    except Incomplete as refused:
        typed.show_problems(refused, _)
        return {"problems": _problems(typed)}, 422
    return _kept(work_at_hand(session, actor, assignment_id), typed)


def _compared(session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm) -> ResponseReturnValue:
    """What a copy says otherwise, and what in it the desk was not told. The text of tries of which one was saved says
    nothing else, whatever was sealed with it.
    """
    stands = is_what_stands(session, actor, assignment_id, sending_page())
    clashes = [] if stands else clashes_between(work_at_hand(session, actor, assignment_id), typed)
    clashes += unsent_beside(session, actor, assignment_id)
    return _both_texts(session, actor, assignment_id, typed, clashes, 200)


def _kept(work: Work, typed: AnswerForm) -> ResponseReturnValue:
    """The version that stands now, the ids of the rows by their fields, and the fields that were sealed and closed;
    and how far each point is."""
    today = now().astimezone(work.saved_at.tzinfo).date()
    far = {"progress": progress(today, work)}
    told = {"version": work.version, "saved_at": work.saved_at.isoformat(), **far, **_rows(work, typed)}
    problems = _problems(typed)
    return (told | {"problems": problems}, 422) if problems else (told, 200)


def _both_texts(
    session: Session, actor: Researcher, assignment_id: UUID, typed: AnswerForm, clashes: list[Clash], status: int
) -> ResponseReturnValue:
    """Nothing was overwritten. When both wrote the same there is nothing to choose, and it counts as saved."""
    work = work_at_hand(session, actor, assignment_id)
    if not clashes:
        return _kept(work, typed)
    said = whose(session, actor, assignment_id)
    return {"version": work.version, "whose": said, "clashes": [vars(clash) for clash in clashes]}, status


def _rows(work: Work, typed: AnswerForm) -> dict[str, Any]:
    """A row may have another id than it came with: what is sealed is written once, another one makes another row."""
    ids: dict[str, str] = {}
    sealed: list[str] = []
    for name in ROWS:
        for part in typed.parts():
            written = [entry.form for entry in part[name] if not entry.form.is_blank()]
            for row, stored in zip(written, work.rows_of(name, part.code.data or ""), strict=False):
                ids[row.id.name] = str(stored.id)
                sealed += _sealed(name, row)
    return {"ids": ids, "sealed": sealed}


def _sealed(name: str, row: RowForm) -> Iterator[str]:
    """The field that is never shown again, if something stood in it; of a contact only without its consent."""
    field = row[NEVER_SHOWN[name]] if name in NEVER_SHOWN else None
    if field is not None and field.data and not ("may_publish" in row and row["may_publish"].data):
        yield field.name


def _problems(typed: AnswerForm) -> dict[str, str]:
    """What is wrong, by the id of the field; what belongs to none stands under no name."""
    found = {field.id: " ".join(map(str, field.errors)) for field in _fields(typed) if field.errors}
    return found | ({"": " ".join(map(str, typed.form_errors))} if typed.form_errors else {})


def _fields(form: Any) -> Iterator[Field]:
    """Every field that somebody fills in, however deep."""
    for field in form:
        if isinstance(field, Rows):
            for entry in field:
                yield from _fields(entry.form)
        elif not isinstance(field, FormField):
            yield field
