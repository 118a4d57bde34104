"""The headers of a letter: neutral, stable on a retry, and telling robots not to answer."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

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
    message["From"] = sender
    message["To"] = to
    if reply_to:
        message["Reply-To"] = reply_to
    message["Subject"] = words.subject
    message["Date"] = format_datetime(written_at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(words.body, cte="quoted-printable")
    message["Content-Language"] = language
    message.policy = UNFOLDED  # after the body, whose lines must stay short
    return message
