"""Moving a text at the desk: its addresses, what its forms carry, and how it stands afterwards."""

import re

from workflows.excerpts.models import Excerpt, ExcerptVersion


def url(scene, row, move: str = "") -> str:
    ref = row.ref if isinstance(row, Excerpt) else scene.get(Excerpt, row.excerpt_id).ref
    return f"/desk/excerpts/{ref}" + (f"/{move}" if move else "")


def seen(row, **values) -> dict:
    """The hidden fields of a page that showed this row, and what was typed."""
    number = {"number": row.number} if isinstance(row, ExcerptVersion) else {}
    return {"version": row.version, **number, **values}


def boxes(day) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def state_of(scene, row) -> str:
    scene.expire_all()
    return scene.get(type(row), row.id).state


def checked(page: str) -> str:
    """What stands below "Checked for you", as it is read."""
    part = page.partition("Checked for you</h2>")[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())
