"""Who saved first, and when: the words on every page that shows two texts side by side."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp.moments import moment
from workflows.accounts.staff import name_of
from workflows.core.errors import EditConflict


@dataclass(frozen=True, slots=True)
class SavedBy:
    """What is said of it; texts are empty where nobody knows, and the page then says that it was somebody else."""

    title: str = ""
    """While one was writing."""
    since: str = ""
    """After one had opened it to read."""
    saved: str = ""
    """The head over their text."""


def saved_by(session: Session, conflict: EditConflict) -> SavedBy:
    """One statement, none where it was the same person."""
    if conflict.at is None:
        return SavedBy()
    when = moment(conflict.at)
    if conflict.own:
        said = _("You saved this yourself %(when)s, in another window.", when=when)
        return SavedBy(said, said, _("Saved by you"))
    name = name_of(session, conflict.by) if conflict.by else ""
    if not name:
        return SavedBy()
    return SavedBy(
        _("Saved by %(name)s %(when)s, while you were writing.", name=name, when=when),
        _("%(name)s wrote in it %(when)s, after you opened it.", name=name, when=when),
        _("Saved by %(name)s", name=name),
    )
