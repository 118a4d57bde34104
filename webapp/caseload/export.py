"""One's own table as a file for a spreadsheet: labels, states and days, nothing of what was asked or answered."""

from collections.abc import Iterator, Mapping, Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from web_kit.gate import counsellors_only
from web_kit.language import current
from web_kit.readings import log_reading
from web_kit.spreadsheet import csv_file
from web_kit.step_up import freshly
from web_kit.unit import reads
from workflows.accounts.models import CounsellorAccount
from workflows.core.actors import Counsellor
from workflows.core.clock import now
from workflows.requests.counsellor_queries import CaseLine, caseload_export
from workflows.requests.words import WORDS
from workflows.vocabulary.queries import countries

bp = Blueprint("export", __name__, url_prefix="/<language:lang>")


@bp.get("/caseload.csv")
@counsellors_only
@reads
@freshly("cases.index")
def table(session: Session, actor: Counsellor) -> ResponseReturnValue:
    """The file; for somebody whose second factor was shown long ago the page that asks for it."""
    log_reading(CounsellorAccount(id=actor.id), "caseload_export")
    language = current()
    names = {country.code: country.name(language) for country in countries(session, language, sleeping_too=True)}
    return csv_file(_rows(caseload_export(session, actor, now()), names), "caseload.csv")


def _rows(lines: Sequence[CaseLine], countries: Mapping[str, str]) -> Iterator[Sequence[object]]:
    yield (
        _("Your label"), _("Question"), _("Country"), _("Asked on"), _("State"), _("Who acts next"), _("Expected by"),
        _("Will be deleted on"),
    )  # fmt: skip
    for line in lines:
        one, words = line.question, WORDS[line.question.status]
        by = one.answer_by or one.reply_by
        yield (
            line.label, one.number, countries.get(one.country or "", ""), one.received_on, _(words.label),
            _(words.who_next), by, one.delete_on,
        )  # fmt: skip
