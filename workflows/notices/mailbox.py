"""Where letters go: an SMTP server, or a folder of files when there is none. One port, two drivers."""

import os
import re
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from config import policy

SERVICE_ENDS = 421


class Trouble(Exception):
    """A letter was not taken. `code` is the server's number or a word; a server's words may hold an address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(Trouble):
    """For ever: the server does not want this letter or does not know its address."""


class Deferred(Trouble):
    """For now: this letter may be taken later. It may even have been taken, if the line broke at the end."""


class Unreachable(Trouble):
    """The server talks to nobody at present, whatever the letter."""


class Mailbox(Protocol):
    """Takes letters, one recipient each."""

    def hand_over(self, message: EmailMessage, to: str) -> None:
        """Returns when the letter was taken. Refuses: Refused, Deferred, Unreachable."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class SmtpMailbox:
    """One connection, opened at the first letter, used for all of a sweep, opened again when it broke."""

    def __init__(self, url: str, sender: str) -> None:
        self.url = urlsplit(url)
        self.sender = sender
        self._line: smtplib.SMTP | None = None

    def hand_over(self, message: EmailMessage, to: str) -> None:
        line = self._announced()
        try:
            _expect(line.rcpt(to)[0], 250, 251)
            _expect(line.data(message.as_bytes())[0], 250)
        except Trouble as trouble:
            if not isinstance(trouble, Refused) or not _is_reset(line):
                self._drop()
            raise
        except smtplib.SMTPDataError as answered:
            self._drop()
            raise _verdict(answered.smtp_code) from answered
        except (OSError, smtplib.SMTPException) as broken:
            self._drop()
            raise Deferred(type(broken).__name__) from broken

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._line is not None:
            _say_goodbye(self._line)
            self._drop()

    def _announced(self) -> smtplib.SMTP:
        """A line on which the server has taken the sender's address: up to here nothing was sent, and an old line that
        the server has closed meanwhile is replaced at once.
        """
        if self._line is not None:
            try:
                _expect(self._line.mail(self.sender)[0], 250)
            except (OSError, smtplib.SMTPException, Trouble):
                self._drop()
            else:
                return self._line
        try:
            begun = monotonic()
            self._line = _connect(self.url)
            _expect(self._line.mail(self.sender)[0], 250)
            if monotonic() - begun > policy.SMTP_TIMEOUT.total_seconds():
                raise Unreachable("slow")  # going on might outlast the lease
        except Trouble as trouble:
            self._drop()
            raise Unreachable(trouble.code) from trouble
        except (OSError, smtplib.SMTPException) as broken:
            self._drop()
            raise Unreachable(type(broken).__name__) from broken
        return self._line

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def _for_oneself(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class FolderMailbox:
    """A file for each letter, named by its Message-ID, so that a retry writes the same file. Nobody else on the machine
    may read them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def hand_over(self, message: EmailMessage, to: str) -> None:  # noqa: ARG002
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9.@_-]", "", message["Message-ID"])
        unfinished = self.folder / f".{name}.{os.getpid()}"
        with open(unfinished, "wb", opener=_for_oneself) as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / f"{name}.eml")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""


def open_mailbox(smtp_url: str | None, folder: Path, sender: str) -> Mailbox:
    """The mailbox of this set-up; use it in a `with`, for one sweep."""
    return SmtpMailbox(smtp_url, sender) if smtp_url else FolderMailbox(folder)


def _connect(url: SplitResult) -> smtplib.SMTP:
    """Greeted, encrypted and logged in as the address says: `smtps://` or `smtp://…?starttls=1`."""
    seconds = policy.SMTP_TIMEOUT.total_seconds()
    host = url.hostname or ""
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        line: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=seconds, context=context)
    else:
        line = smtplib.SMTP(host, url.port or 25, timeout=seconds)
    try:
        if parse_qs(url.query).get("starttls") == ["1"]:
            line.starttls(context=ssl.create_default_context())
        line.ehlo_or_helo_if_needed()
        if url.username:
            line.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        line.close()
        raise
    return line


def _expect(code: int, *wanted: int) -> None:
    if code not in wanted:
        raise _verdict(code)


def _verdict(code: int) -> Trouble:
    if code == SERVICE_ENDS:
        return Unreachable(f"smtp_{code}")
    return Refused(f"smtp_{code}") if 500 <= code < 600 else Deferred(f"smtp_{code}")


def _is_reset(line: smtplib.SMTP) -> bool:
    """After a refusal the line can be used for the next letter, if the server agrees."""
    try:
        return line.rset()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _say_goodbye(line: smtplib.SMTP) -> None:
    """Politeness: every letter on this line was already answered for, so a failing good-bye changes nothing."""
    try:
        line.quit()
    except (OSError, smtplib.SMTPException):
        return
