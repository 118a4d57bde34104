"""Country sheets for setting a scene: texts that can be pinned, and editions made by the real commands."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import docx
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.published import make_published, numbers
from workflows.core import clock
from workflows.core.actors import Staff
from workflows.core.links import Links
from workflows.excerpts.models import Excerpt, PublishedExcerpt
from workflows.sheets.composition import Pin, SectionDraft
from workflows.sheets.desk import begin_edition, save_edition, send_edition
from workflows.sheets.models import Edition, PublishedEdition
from workflows.sheets.publishing import publish_edition

GROUPS = ("ACC", "CIV", "SEC", "MOV", "HOU", "WOR", "BUS", "HEA", "EDU", "SOC")
LINKS = Links("https://terrain.example", "https://desk.example", "https://work.example", "https://caseload.example.org")
ASK_AT = "https://terrain.example/fr/ask"


def make_text(session: Session, group: str = "HEA", **values: Any) -> str:
    """A published excerpt with its row at the desk, on DR Congo in French unless told otherwise; its reference."""
    country = values.get("country", "COD")
    ref = f"{country}-{group}-{next(numbers):04d}"
    session.add(
        Excerpt(
            ref=ref, country=country, topic_group=group, language=values.get("language", "fr"), state="published",
            created_at=clock.now(),
        )
    )  # fmt: skip
    given = {"title": f"Texte {ref}", "topics": [f"{group}-x"], **values}
    return make_published(session, ref=ref, topic_group=group, **given)


def change_text(session: Session, ref: str, **values: Any) -> None:
    """What became of a published text since: a state, a notice, a newer number, another day."""
    session.execute(update(PublishedExcerpt).where(PublishedExcerpt.ref == ref).values(**values))


def drafts(pins: Mapping[str, Sequence[str | Pin]], intros: Mapping[str, str] | None = None) -> list[SectionDraft]:
    """Ten sections as a form would send them; a bare reference means its first version."""
    return [
        SectionDraft(
            group,
            (intros or {}).get(group, ""),
            tuple(Pin(pin, 1) if isinstance(pin, str) else pin for pin in pins.get(group, ())),
        )
        for group in GROUPS
    ]


def make_draft(
    session: Session,
    actor: Staff,
    pins: Mapping[str, Sequence[str | Pin]],
    intros: Mapping[str, str] | None = None,
    *,
    country: str = "COD",
    language: str = "fr",
    at: datetime | None = None,
) -> Edition:
    """An edition under work with these pins, composed by this editor."""
    at = at or clock.now()
    edition = begin_edition(session, actor, country, language, at)
    session.flush()
    save_edition(session, actor, edition.id, edition.version, drafts(pins, intros), at)
    session.flush()
    return edition


def make_sheet(
    session: Session,
    author: Staff,
    approver: Staff,
    pins: Mapping[str, Sequence[str | Pin]],
    intros: Mapping[str, str] | None = None,
    **options: Any,
) -> PublishedEdition:
    """A published edition, written by one editor and approved by the other."""
    at = options.get("at") or clock.now()
    edition = make_draft(session, author, pins, intros, **options)
    send_edition(session, author, edition.id, edition.version, at, gaps_known=True)
    session.flush()
    row = publish_edition(session, approver, edition.id, edition.version, at, LINKS)
    session.flush()
    return row


def published_editions(session: Session) -> list[PublishedEdition]:
    """Every frozen edition, the oldest first."""
    order = (PublishedEdition.country, PublishedEdition.language, PublishedEdition.number)
    return list(session.scalars(select(PublishedEdition).order_by(*order)))


def words_of(file: bytes) -> str:
    """The paragraphs of a Word file, with ordinary spaces for those that never break."""
    return "\n".join(one.text for one in docx.Document(io.BytesIO(file)).paragraphs).replace("\N{NO-BREAK SPACE}", " ")


def form_in(page: str) -> dict[str, Any]:
    """What a browser would send back of the composing form of a sheet."""
    form: dict[str, Any] = {}
    for name, value in re.findall(r'<input[^>]*name="(version|sections-\d-(?:group|pins))"[^>]*value="([^"]*)"', page):
        form.setdefault(name, [] if name.endswith("pins") else value)
        if name.endswith("pins"):
            form[name].append(value)
    intros = re.findall(r'<textarea[^>]*name="(sections-\d-intro)"[^>]*>\s*([^<]*)</textarea>', page)
    return form | dict(intros)
