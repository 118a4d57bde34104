"""Whatever can happen to published texts, by chance: for what must be right after any of it."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tests.factories import TODAY
from tests.published import make_published
from workflows.excerpts.models import PublishedExcerpt

TITLES = ("Loyer à Kinshasa", "Prix de l’insuline", "Insuline et loyer", "Pension en dollars", "École")
COUNTRIES, LANGUAGES = ("COD", "ARM"), ("fr", "nl")
TOPICS = {"HEA": ("HEA-medicines", "HEA-access"), "HOU": ("HOU-rental", "HEA-access")}
"""By group. A text of one group can have a topic of another."""


def publish(scene: Session, chance: Random) -> None:
    dated = TODAY - timedelta(days=chance.randrange(400))
    make_published(scene, title=chance.choice(TITLES), information_date=dated, **_filed(chance))


def _filed(chance: Random) -> dict[str, Any]:
    group = chance.choice(tuple(TOPICS))
    return {
        "country": chance.choice(COUNTRIES), "language": chance.choice(LANGUAGES), "topic_group": group,
        "topics": chance.sample(TOPICS[group], chance.choice((1, 1, 2))),
    }  # fmt: skip


def any_of_them(scene: Session, chance: Random) -> str | None:
    refs = scene.scalars(select(PublishedExcerpt.ref).order_by(PublishedExcerpt.ref)).all()
    return chance.choice(refs) if refs else None


def change(scene: Session, chance: Random, **values) -> None:
    row = PublishedExcerpt
    scene.execute(update(row).where(row.ref == any_of_them(scene, chance)).values(**values))


def correct(scene: Session, chance: Random) -> None:
    change(scene, chance, search=text("to_tsvector('simple', 'loyer prix corrige')"))


def confirm(scene: Session, chance: Random) -> None:
    change(scene, chance, information_date=TODAY, valid_until=TODAY + timedelta(days=90),
           check_soon_from=TODAY + timedelta(days=70), expires_on=TODAY + timedelta(days=180))  # fmt: skip


def find_wrong(scene: Session, chance: Random) -> None:
    change(scene, chance, corrected_on=TODAY)


def put_right(scene: Session, chance: Random) -> None:
    change(scene, chance, corrected_on=None)


def file_elsewhere(scene: Session, chance: Random) -> None:
    change(scene, chance, **_filed(chance))


def hold(scene: Session, chance: Random) -> None:
    change(scene, chance, listed=False, state="on_hold")


def resume(scene: Session, chance: Random) -> None:
    change(scene, chance, listed=True, state="published")


def retract(scene: Session, chance: Random) -> None:
    change(scene, chance, listed=False, state="retracted", search="")


MOVES: tuple[Callable[[Session, Random], None], ...] = (publish, publish, correct, confirm, find_wrong, find_wrong,
                                                          put_right, file_elsewhere, hold, resume, retract)  # fmt: skip
