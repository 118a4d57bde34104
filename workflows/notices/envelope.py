"""The headers of a letter: neutral, stable on a retry, and telling robots not to answer."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from typing import Any

from workflows.core.letters import Words

# A folded Message-ID is no longer the same to mail programs that compare it character by character.
UNFOLDED = SMTP.clone(max_line_length=None)


def envelope(
    words: Words,
    language: str,
    sender: str,
    to: str,
    message_id: str,
    written_at: datetime,
    reply_to: str | None = None,
    unsubscribe: str | None = None,
) -> EmailMessage:
    """One plain-text message to one address. The same letter gives the same bytes, whenever it is sent.

    `unsubscribe` is where a mail program can end such letters by itself (RFC 8058).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _often("From", sender)
    message["To"] = to
    if reply_to:
        message["Reply-To"] = _often("Reply-To", reply_to)
    message["Subject"] = _often("Subject", words.subject)
    message["Date"] = written_at
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = _often("Auto-Submitted", "auto-generated")
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.body, cte="quoted-printable")
    message["Content-Language"] = _often("Content-Language", language)
    message.policy = UNFOLDED  # after the body, whose lines must stay short
    return message


@lru_cache(maxsize=256)
def _often(name: str, value: str) -> Any:
    """A header that many letters have, read once: reading headers is most of what a letter takes. Of nobody's own."""
    return SMTP.header_store_parse(name, value)[1]
