"""The mailbox in front of servers that refuse, hesitate, fall silent, hang up and talk nonsense; and the folder."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from config import policy
from tests.factories import NOW
from workflows.core.letters import Words
from workflows.notices.envelope import envelope
from workflows.notices.mailbox import Deferred, FolderMailbox, Refused, SmtpMailbox, Unreachable, open_mailbox

SENDER = "no-reply@example.org"
GREETING, HELLO, FINE, GO_ON = b"220 here\r\n", b"250 hello\r\n", b"250 fine\r\n", b"354 go on\r\n"
HANG_UP, SILENCE = "hang up", "silence"


def letter(number: int = 1, to: str = "someone@example.net") -> EmailMessage:
    words = Words("Un message pour vous", "Il y a du nouveau : été.\n.a line that starts with a dot\n")
    return envelope(words, "fr", SENDER, to, f"<{number}@example.org>", NOW)


class Sink:
    """A real SMTP server that keeps what it takes; `answers` replaces its replies by command."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.connections = 0
        self.answers: dict[str, list[str]] = {}

    def _answer(self, command: str) -> str | None:
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else None

    async def handle_EHLO(self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list) -> list:  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list) -> str:  # noqa: N802
        if answer := self._answer("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 fine"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list) -> str:  # noqa: N802
        if answer := self._answer("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        if answer := self._answer("DATA"):
            return answer
        self.taken.append(envelope.content)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, SmtpMailbox]]:
    handler = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with SmtpMailbox(f"smtp://127.0.0.1:{port}", SENDER) as mailbox:
            yield handler, mailbox
    finally:
        controller.stop()


def test_a_letter_arrives_whole_and_for_one_person(sink: tuple[Sink, SmtpMailbox]) -> None:
    server, mailbox = sink
    mailbox.hand_over(letter(), "someone@example.net")
    assert server.envelopes == [(SENDER, ["someone@example.net"])]
    arrived = message_from_bytes(server.taken[0])
    assert arrived["Message-ID"] == "<1@example.org>"
    body = arrived.get_payload(decode=True).decode()
    assert body.replace("\r\n", "\n") == "Il y a du nouveau : été.\n.a line that starts with a dot\n"


def test_one_connection_carries_all_letters(sink: tuple[Sink, SmtpMailbox]) -> None:
    server, mailbox = sink
    for number in range(5):
        mailbox.hand_over(letter(number), "someone@example.net")
    assert (len(server.taken), server.connections) == (5, 1)


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_5xx_is_for_ever_and_the_next_letter_goes_on_the_same_line(
    sink: tuple[Sink, SmtpMailbox], command: str
) -> None:
    server, mailbox = sink
    server.answers[command] = ["550 <someone@example.net> unknown"]
    with pytest.raises(Refused) as refused:
        mailbox.hand_over(letter(1), "someone@example.net")
    assert refused.value.code == "smtp_550"
    assert "someone" not in str(refused.value)
    mailbox.hand_over(letter(2), "other@example.net")
    assert [to for _, to in server.envelopes] == [["other@example.net"]]
    assert server.connections == 1


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_4xx_is_for_now(sink: tuple[Sink, SmtpMailbox], command: str) -> None:
    server, mailbox = sink
    server.answers[command] = ["451 try later"]
    with pytest.raises(Deferred, match="smtp_451"):
        mailbox.hand_over(letter(1), "someone@example.net")
    mailbox.hand_over(letter(1), "someone@example.net")
    assert len(server.taken) == 1


@pytest.mark.parametrize("answer", ["550 we do not know you", "421 closing", "451 busy"])
def test_a_server_that_does_not_want_us_is_no_letters_fault(sink: tuple[Sink, SmtpMailbox], answer: str) -> None:
    server, mailbox = sink
    server.answers["MAIL"] = [answer]
    with pytest.raises(Unreachable):
        mailbox.hand_over(letter(), "someone@example.net")


def test_an_old_line_that_no_longer_works_is_replaced_without_a_word(sink: tuple[Sink, SmtpMailbox]) -> None:
    server, mailbox = sink
    mailbox.hand_over(letter(1), "someone@example.net")
    server.answers["MAIL"] = ["421 too many letters on this line"]
    mailbox.hand_over(letter(2), "someone@example.net")
    assert (len(server.taken), server.connections) == (2, 2)


def test_nobody_listening_is_unreachable() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{closed.getsockname()[1]}"
        with SmtpMailbox(url, SENDER) as mailbox, pytest.raises(Unreachable, match="ConnectionRefusedError"):
            mailbox.hand_over(letter(), "someone@example.net")


# --- servers that break the rules -------------------------------------------------------------------------------------

Script = list[bytes | str]


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Script], SmtpMailbox]]:
    """A server that answers one line after the other, whatever it is asked, then does as the last word says."""
    monkeypatch.setattr(policy, "SMTP_TIMEOUT", timedelta(seconds=0.3))
    ended = threading.Event()
    threads = []

    def serve(listener: socket.socket, script: Script) -> None:
        with closing(listener), listener.accept()[0] as line:
            for answer in script:
                if answer == HANG_UP:
                    return
                if answer == SILENCE:
                    ended.wait(10)
                    return
                line.sendall(answer)
                heard = line.recv(65536)
                while answer == GO_ON and heard and not heard.endswith(b"\r\n.\r\n"):
                    heard += line.recv(65536)

    def start(script: Script) -> SmtpMailbox:
        listener = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=serve, args=(listener, script))
        thread.start()
        threads.append(thread)
        return SmtpMailbox(f"smtp://127.0.0.1:{listener.getsockname()[1]}", SENDER)

    yield start
    ended.set()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(
    "script",
    [
        [SILENCE],
        [HANG_UP],
        [b"220 he", SILENCE],
        [b"what do you want\r\n", HANG_UP],
        [b"554 go away\r\n", HANG_UP],
        [GREETING, HELLO, SILENCE],
        [GREETING, HELLO, HANG_UP],
    ],
    ids=str,
)
def test_trouble_before_a_letter_is_shown_is_no_letters_fault(
    scripted: Callable[[Script], SmtpMailbox], script: Script
) -> None:
    with scripted(script) as mailbox, pytest.raises(Unreachable):
        mailbox.hand_over(letter(), "someone@example.net")


@pytest.mark.parametrize(
    "script",
    [
        [GREETING, HELLO, FINE, SILENCE],
        [GREETING, HELLO, FINE, HANG_UP],
        [GREETING, HELLO, FINE, b"banana\r\n", HANG_UP],
        [GREETING, HELLO, FINE, b"550" + b"x" * 9000 + b"\r\n", HANG_UP],
        [GREETING, HELLO, FINE, FINE, b"25", SILENCE],
        [GREETING, HELLO, FINE, FINE, GO_ON, SILENCE],
        [GREETING, HELLO, FINE, FINE, GO_ON, HANG_UP],
        [GREETING, HELLO, FINE, FINE, GO_ON, b"250", SILENCE],
        [GREETING, HELLO, FINE, FINE, GO_ON, b"250-half\r\n", HANG_UP],
    ],
    ids=lambda script: str(script)[-50:],
)
def test_a_line_that_breaks_in_the_middle_leaves_the_letter_for_later(
    scripted: Callable[[Script], SmtpMailbox], script: Script
) -> None:
    with scripted(script) as mailbox, pytest.raises(Deferred):
        mailbox.hand_over(letter(), "someone@example.net")


def test_a_failing_good_bye_after_the_last_letter_changes_nothing(scripted: Callable[[Script], SmtpMailbox]) -> None:
    with scripted([GREETING, HELLO, FINE, FINE, GO_ON, FINE, HANG_UP]) as mailbox:
        mailbox.hand_over(letter(), "someone@example.net")


def test_encryption_that_was_asked_for_is_not_given_up(scripted: Callable[[Script], SmtpMailbox]) -> None:
    plain = scripted([GREETING, HELLO, HANG_UP])
    with SmtpMailbox(f"{plain.url.geturl()}?starttls=1", SENDER) as mailbox, pytest.raises(Unreachable):
        mailbox.hand_over(letter(), "someone@example.net")


def test_a_password_that_is_refused_is_no_letters_fault(scripted: Callable[[Script], SmtpMailbox]) -> None:
    server = scripted([GREETING, b"250-hello\r\n250 AUTH PLAIN\r\n", b"535 no\r\n", HANG_UP])
    url = server.url.geturl().replace("smtp://", "smtp://us:secret%40@")
    with SmtpMailbox(url, SENDER) as mailbox, pytest.raises(Unreachable, match="SMTPAuthenticationError"):
        mailbox.hand_over(letter(), "someone@example.net")


# --- the folder -------------------------------------------------------------------------------------------------------


def test_without_a_server_letters_are_files_and_a_retry_is_the_same_file(tmp_path: Path) -> None:
    mailbox = open_mailbox(None, tmp_path / "mailbox", SENDER)
    assert isinstance(mailbox, FolderMailbox)
    with mailbox:
        for _ in range(2):
            mailbox.hand_over(letter(7), "someone@example.net")
    (file,) = (tmp_path / "mailbox").iterdir()
    assert file.name == "7@example.org.eml"
    assert [oct(place.stat().st_mode & 0o777) for place in (file.parent, file)] == ["0o700", "0o600"]
    assert message_from_bytes(file.read_bytes())["To"] == "someone@example.net"


def test_a_message_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    message = letter()
    message.replace_header("Message-ID", "<../../../x@example.org>")
    FolderMailbox(tmp_path / "mailbox").hand_over(message, "someone@example.net")
    assert len(list((tmp_path / "mailbox").iterdir())) == 1
    assert not list(tmp_path.glob("*.eml"))
