"""Published texts for setting a scene, as publishing writes them."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflows.core import clock
from workflows.excerpts.corrected import follow_corrections
from workflows.excerpts.models import PublishedExcerpt, PublishedVersion
from workflows.excerpts.published_words import learn_words
from workflows.excerpts.search_text import ANALYSIS, beside, search_vector
from workflows.vocabulary.shelf_life import check_soon_from, expires_on

numbers = count(1001)


def columns_of(row: PublishedVersion | PublishedExcerpt) -> dict[str, Any]:
    """What a row says, without what the database derives: to make another from it."""
    return {one.key: getattr(row, one.key) for one in row.__table__.columns if one.computed is None}


def make_published(session: Session, *, versions: int = 1, validity: int = 180, **values: Any) -> str:
    """Publish one text (current, about medicines in Kinshasa, in French unless told otherwise); its reference."""
    dated: date = values.pop("information_date", clock.today() - timedelta(days=20))
    until: date = values.pop("valid_until", dated + timedelta(days=validity))
    given = {
        "country": "COD", "topic_group": "HEA", "topics": ["HEA-medicines"], "facets": [], "language": "fr",
        "place": "Kinshasa", "title": "Insuline 30/70 à Kinshasa", "summary": "Deux pharmacies sur trois en avaient.",
        "body": "## Où\n\nDans les **grandes** pharmacies. [1]\n\n## Prix\n\nDe 18 à 25 dollars.",
        "unknown": "Rien sur les communes de l’est.", "confidence": "fairly_sure",
        "sources": [{"label": "Visite de trois pharmacies", "kind": "visit", "dated": dated.isoformat()}],
        "information_date": dated, "valid_until": until, "check_soon_from": check_soon_from(until, dated),
        "expires_on": expires_on(until), "published_on": dated + timedelta(days=3),
    } | {name: value for name, value in values.items() if name not in {"ref", "state", "notice", "listed", "changed_on"}}  # fmt: skip
    ref = values.get("ref") or f"{given['country']}-{given['topic_group']}-{next(numbers):04d}"
    words = (given["title"], given["summary"], given["body"])
    found_by = beside(session, given["country"], given["topics"], given["place"], given["language"])
    search = search_vector(*words, given["language"], found_by)
    state = values.get("state", "published")
    listed = values.get("listed", state == "published")
    changed_on = values.get("changed_on", given["published_on"])
    current = PublishedExcerpt(
        ref=ref, number=versions, state=state, notice=values.get("notice", ""), listed=listed, changed_on=changed_on,
        search=search, analysis=ANALYSIS, **given,
    )  # fmt: skip
    session.add(current)
    for number in range(1, versions + 1):
        change = "first" if number == 1 else "update"
        session.add(PublishedVersion(ref=ref, number=number, change=change, public_note="", retracted=False, **given))
    if listed:
        learn_words(session, *words)
    session.flush()
    if given.get("source_ref"):
        follow_corrections(session, ref, changed_on)
    return ref


def correct(session: Session, ref: str, number: int, note: str, **translated: str) -> None:
    """Let a version be a correction, of which readers of translations are told in their languages."""
    row = PublishedVersion
    session.execute(
        update(row)
        .where(row.ref == ref, row.number == number)
        .values(change="correction", public_note=note, translated_notes=translated)
    )
    follow_corrections(session, ref, clock.today())
