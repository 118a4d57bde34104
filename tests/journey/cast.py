"""The people of the journey, each with a browser signed in on their own site."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.factories import make_partner, make_researcher, make_staff
from tests.journey.reader import Reader
from tests.journey.story import Cast
from workflows.core.actors import Role

Opens = Callable[[str, UUID | None], Reader]
"""A new browser on a site, for an account or for nobody."""


@dataclass(frozen=True)
class Names:
    """How the people are called and reached; the canary replaces these words by markers."""

    partner: str = "Association Mwangaza"
    researcher: str = "Amani"
    officer: str = "Olga"
    editor: str = "Edith"
    second_editor: str = "Sven"

    def person(self, who: str) -> dict[str, Any]:
        return {"name": getattr(self, who), "email": f"{getattr(self, who).lower()}@people.example"}


def make_cast(session: Session, opens: Opens, names: Names | None = None) -> Cast:
    """Accounts, committed, and browsers."""
    names = names or Names()
    partner = make_partner(session, name=names.partner, languages=["en"], read=False)
    researcher = make_researcher(session, partner, language="en", **names.person("researcher"))
    officer = make_staff(session, Role.OFFICER, **names.person("officer"))
    editor = make_staff(session, Role.EDITOR, **names.person("editor"))
    second = make_staff(session, Role.EDITOR, **names.person("second_editor"))
    session.commit()
    return Cast(
        requester=opens("public", None),
        officer=opens("desk", officer.id),
        researcher=opens("portal", researcher.id),
        editor=opens("desk", editor.id),
        second_editor=opens("desk", second.id),
        public=opens("public", None),
    )
