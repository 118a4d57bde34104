"""The editors of the simulated year: they publish texts and sheets, confirm them and put them on hold."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.excerpts import text as whole_text
from tests.sheets import make_sheet
from tests.simulator.days import DESK
from tests.simulator.specification import Specification
from workflows.accounts.staff import be_away
from workflows.core.actors import Staff
from workflows.excerpts.approval import send_for_approval
from workflows.excerpts.confirmation_lifecycle import open_confirmation
from workflows.excerpts.confirming import agree, confirm_excerpt
from workflows.excerpts.desk import draft_excerpt
from workflows.excerpts.draft import SourceLine
from workflows.excerpts.models import Excerpt, PublishedExcerpt
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.standing import hold_excerpt, resume_excerpt
from workflows.sheets.models import CountrySheet


class Publishing:
    """What editors do with what is public; `People` holds the names and the dice."""

    spec: Specification
    dice: Random
    editors: list[Staff]
    names: dict[UUID, str]
    texts: dict[UUID, str]
    keeper_of: dict[UUID, UUID]

    def _unit(self) -> AbstractContextManager[Session]:
        raise NotImplementedError

    def _an_editor(self) -> Staff:
        return self.dice.choice(self.editors)

    def publish_many(self, now: datetime, number: int) -> None:
        """One editor's whole afternoon, all of which goes out of date on one day."""
        editor = self._an_editor()
        for _ in range(number):
            self._publish(now, editor)

    def publish_sheet(self, now: datetime, language: str) -> None:
        """A country sheet with one text."""
        author, approver = self.dice.sample(self.editors, 2)
        with self._unit() as session:
            ref = session.scalars(
                select(PublishedExcerpt.ref).where(PublishedExcerpt.state == "published").limit(1)
            ).one()
            make_sheet(session, author, approver, {"HOU": [ref]}, language=language, at=now)
            sheet = session.scalars(select(CountrySheet).where(CountrySheet.language == language)).one()
        self.names[sheet.id] = f"sheet in {language}"
        assert sheet.review_on is not None
        self.spec.published("sheet.review", sheet.id, sheet.review_on, author.id, now)

    def _publish(self, now: datetime, author: Staff | None = None) -> None:
        author = author or self._an_editor()
        approver = next(editor for editor in self.editors if editor.id != author.id)
        day = DESK.day_of(now)
        typed = whole_text(information_date=day, sources=(SourceLine("Visit to homes", "visit", day),) * 2)
        with self._unit() as session:
            version = draft_excerpt(session, author, "COD", "en", typed, (), now)
            session.flush()
            send_for_approval(session, author, version.id, now, version=version.version)
            session.flush()
            text = publish_excerpt(session, approver, version.id, version.version, now)
        self.names[text.id], self.texts[text.id], self.keeper_of[text.id] = text.ref, "published", author.id
        assert text.valid_until is not None
        self.spec.published("excerpt.freshness", text.id, text.valid_until, author.id, now)

    def _confirm(self, now: datetime) -> None:
        for text in self._text("published"):
            with self._unit() as session:
                source = SourceLine("Talk with an agent", "talk", DESK.day_of(now))
                row = session.get_one(Excerpt, text)
                first = self._an_editor()
                confirm_excerpt(session, first, text, source, now, version=row.version)
                session.flush()
                if waiting := open_confirmation(session, row):
                    second = next(editor for editor in self.editors if editor.id != first.id)
                    agree(session, second, waiting.id, now)
                until = row.valid_until
            self.spec.published("excerpt.freshness", text, until, self.keeper_of[text], now)

    def _hold(self, now: datetime) -> None:
        for text in self._text("published"):
            with self._unit() as session:
                version = session.get_one(Excerpt, text).version
                holder = self._an_editor()
                row = hold_excerpt(session, holder, text, "A reader doubts it.", None, now, version=version)
            self.texts[text] = "on hold"
            assert row.hold_review_on is not None
            self.spec.held(text, row.hold_review_on, holder.id, now)

    def _resume(self, now: datetime) -> None:
        for text in self._text("on hold"):
            with self._unit() as session:
                version = session.get_one(Excerpt, text).version
                row = resume_excerpt(session, self._an_editor(), text, now, version=version)
            self.texts[text] = "published"
            assert row.valid_until is not None
            self.spec.resumed(text, row.valid_until, self.keeper_of[text], now)

    def _go_away(self, now: datetime) -> None:
        """Somebody goes for some days, comes back early, or has to stay away longer."""
        editor, today = self._an_editor(), DESK.day_of(now)
        until = self.dice.choice((None, today, *(today + timedelta(days=days) for days in (1, 4, 10, 21))))
        with self._unit() as session:
            be_away(session, editor, until, today)
        self.spec.editors.go_away(editor.id, until, now)

    def _text(self, standing: str) -> list[UUID]:
        mine = [text for text, now in self.texts.items() if now == standing]
        return self.dice.sample(mine, min(1, len(mine)))
