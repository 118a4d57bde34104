"""The signed ticket in the asking form: which submission it is, and when it was made. Sent twice it is one request."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from config import policy


@dataclass(frozen=True, slots=True)
class Ticket:
    """One form that was handed out."""

    submission_id: UUID
    issued_at: datetime

    @classmethod
    def issue(cls, now: datetime) -> "Ticket":
        """A ticket for a new form."""
        return cls(uuid4(), now)

    @classmethod
    def read(cls, text: str) -> "Ticket | None":
        """The ticket that came back; None when we did not sign it."""
        try:
            number, issued = _signer().loads(text)
            return cls(UUID(hex=number), datetime.fromtimestamp(issued, UTC))
        except (BadData, ValueError, TypeError):
            return None

    def sign(self) -> str:
        """What the form carries."""
        return str(_signer().dumps([self.submission_id.hex, int(self.issued_at.timestamp())]))

    def is_too_fast(self, now: datetime) -> bool:
        """Sent back sooner than a person can read."""
        return now - self.issued_at < policy.FORM_FILL_SHORTEST

    def is_too_old(self, now: datetime) -> bool:
        """Made so long ago that a fresh one is due."""
        return now - self.issued_at > policy.FORM_FILL_LONGEST


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="asking form")
