"""Taking a text back at the desk: what its readers are told, and those of each translation in their own language."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import TextAreaField

from web_kit.forms import EditForm
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

    def offer(self, language: str, translations: Iterable[str]) -> None:
        """A field for the language of the text, and one that may stay empty for each of its translations."""
        wanted = set(translations)
        self.notice.render_kw = {"lang": language}
        for code, name in LANGUAGES.items():
            field = self._fields.get(field_of(code))
            if field and code in wanted:
                field.label.text, field.render_kw = _named(name), {"lang": code}
            elif field:
                del self._fields[field.name]
        if wanted:
            self.notice.label.text = _named(LANGUAGES[language])

    @property
    def translated(self) -> dict[str, str]:
        """What was typed for each language that was offered."""
        return {code: self[name].data or "" for code in LANGUAGES if (name := field_of(code)) in self}


def languages_told(page: ExcerptPage, move: str) -> list[str]:
    """The languages of the translations that a move takes back with this text, if it is an original."""
    original, *others = page.family.members
    states = EXCERPT.move(move).sources
    return [one.language for one in others if one.state in states] if original.ref == page.ref else []


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
    command(session, actor, page.id, notice, clock.now(), version=seen, translated=form.translated)


def _named(language: str) -> str:
    return gettext("Public notice (%(language)s)", language=language)
