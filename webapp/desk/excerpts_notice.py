"""Taking a text back at the desk: what its readers are told, and those of each translation in their own language."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import TextAreaField

from web_kit.forms import EditForm
from webapp.desk.in_each_language import offer_in, read_beside, typed_in
from workflows.core import clock
from workflows.core.actors import Staff
from workflows.core.words import mark as _
from workflows.excerpts.desk_page import ExcerptPage
from workflows.excerpts.lifecycle import EXCERPT
from workflows.excerpts.public_notice import FIELD, field_of
from workflows.excerpts.words import LANGUAGES
from workflows.replies.recall import retract_and_tell, withdraw_and_tell

HINTS = {FIELD: _("Readers see this, in the language of the text.")} | dict.fromkeys(
    map(field_of, LANGUAGES),
    _("Empty: readers of the translation are told that the reason was not translated, and where it stands."),
)


class NoticeForm(EditForm):
    """What readers find above, or in place of, the text, and each of its translations."""

    notice = TextAreaField(_l("Public notice"))
    notice_en = TextAreaField()
    notice_fr = TextAreaField()
    notice_nl = TextAreaField()

    def offer(self, language: str, translations: Sequence[str]) -> None:
        """A field for the language of the text, and one that may stay empty for each of its translations."""
        label = gettext("Public notice")
        self.notice.render_kw = {"lang": language}
        if translations:
            self.notice.label.text = f"{label} ({LANGUAGES[language]})"
        offer_in(self, field_of, translations, label)


def languages_told(page: ExcerptPage, move: str) -> list[str]:
    """The languages of the translations that a move takes back with this text."""
    return read_beside(page, EXCERPT.move(move).sources)


def withdraw(session: Session, actor: Staff, page: ExcerptPage, form: NoticeForm) -> None:
    """Withdraw it with its translations."""
    _take_back(withdraw_and_tell, "withdraw", session, actor, page, form)


def retract(session: Session, actor: Staff, page: ExcerptPage, form: NoticeForm) -> None:
    """Retract it with its translations."""
    _take_back(retract_and_tell, "retract", session, actor, page, form)


def _take_back(
    command: Callable[..., Any], move: str, session: Session, actor: Staff, page: ExcerptPage, form: NoticeForm
) -> None:
    form.offer(page.language, languages_told(page, move))
    notice, seen = form.notice.data or "", form.seen_version
    command(session, actor, page.id, notice, clock.now(), version=seen, translated=typed_in(form, field_of))
