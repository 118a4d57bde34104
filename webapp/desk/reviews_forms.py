"""The form beside an answer: thirteen verdicts with remarks, comments for the partner, and the words of a decision."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField

from web_kit.forms import EditForm
from workflows.answers.checklist import CHECKS, VERDICTS
from workflows.answers.desk import WHOLE, Notes, Seen
from workflows.answers.desk_queries import ReviewDesk

COMMENT = re.compile(r"comment_(Q\d{1,3})")
NOBODY = UUID(int=0)


class ReviewForm(EditForm):
    """What an editor notes about one revision. `of` adds a comment for each of its points."""

    revision = HiddenField()
    note = TextAreaField(_("Note to the partner"))
    reason = TextAreaField(_("Why it cannot be used"))
    about = HiddenField()
    words = TextAreaField(_("Your comment"))
    for_partner = BooleanField(_("For the partner, when the answer is sent back"))

    @classmethod
    def of(cls, codes: Iterable[str], **values: Any) -> "ReviewForm":
        """The form with a comment for each of these points, filled with these values or as it was sent."""
        fields = {f"comment_{code}": TextAreaField(_("Comment on %(code)s", code=code)) for code in codes}
        made: ReviewForm = type("ReviewForm", (cls,), fields)(**values)
        for check in CHECKS:
            made.verdict(check.number).label.text = f"{check.number}. {gettext(check.text)}"
            made.verdict(check.number).choices = {code: gettext(word) for code, word in VERDICTS.items()}
        return made

    @classmethod
    def sent(cls) -> "ReviewForm":
        """The form as it was sent, with a comment for each point it named."""
        return cls.of(found[1] for found in map(COMMENT.fullmatch, request.form) if found)

    @classmethod
    def filled(cls, desk: ReviewDesk) -> "ReviewForm":
        """The form with what was noted so far."""
        values: dict[str, Any] = {"version": desk.noted.version, "revision": desk.revision_id}
        for number, line in desk.noted.checklist.items():
            values |= {f"verdict_{number}": line["verdict"], f"remark_{number}": line["comment"]}
        for code, text in desk.noted.comments.items():
            values[f"comment_{code}" if code != WHOLE else "note"] = text
        return cls.of([point.code for point in desk.points], formdata=None, **values)

    def verdict(self, number: int) -> Any:
        """The field of one verdict."""
        return self[f"verdict_{number}"]

    def remark(self, number: int) -> Any:
        """The field of the remark beside it."""
        return self[f"remark_{number}"]

    def comment(self, code: str) -> Any | None:
        """The field of the comment on one point."""
        return self._fields.get(f"comment_{code}")

    @property
    def notes(self) -> Notes:
        """What was typed, for the domain."""
        comments = {
            name.removeprefix("comment_"): field.data or ""
            for name, field in self._fields.items()
            if COMMENT.fullmatch(name)
        }
        return Notes(
            verdicts={check.number: self.verdict(check.number).data or "" for check in CHECKS},
            remarks={check.number: self.remark(check.number).data or "" for check in CHECKS},
            comments=comments | {WHOLE: self.note.data or ""},
        )

    @property
    def seen(self) -> Seen:
        """Which revision and which notes the editor was looking at."""
        try:
            revision = UUID(self.revision.data or "")
        except ValueError:
            revision = NOBODY
        return Seen(revision, self.seen_version)


for _check in CHECKS:
    setattr(ReviewForm, f"verdict_{_check.number}", RadioField(validate_choice=False))
    setattr(ReviewForm, f"remark_{_check.number}", TextAreaField(_("Remark on point %(number)s", number=_check.number)))
