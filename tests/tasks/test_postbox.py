"""Mail that answers a letter is refused in the conversation, in words, before anything was taken."""

import os
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ports import free_ports

ROOT = Path(__file__).parents[2]
WORKSPACE = "http://127.0.0.1:8765"
SECONDS = 30


@pytest.fixture(scope="module")
def postbox() -> Iterator[int]:
    """The port of a real postbox, in an environment without any secret."""
    (port,) = free_ports(1)
    env = {"PATH": os.environ["PATH"], "POSTBOX_PORT": str(port), "PORTAL_PORT": "8765"}
    process = subprocess.Popen([sys.executable, "-m", "tasks.postbox"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        assert process.wait(SECONDS) == 0


def wait_for(port: int) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def refused(port: int, to: str) -> tuple[int, str]:
    """What a mail server hears that has a letter for this address."""
    with smtplib.SMTP("127.0.0.1", port, timeout=SECONDS) as line:
        line.ehlo()
        assert line.mail("someone@example.net", ["size=20000"])[0] == 250
        code, words = line.rcpt(to)
        return code, words.decode("ascii")


def test_a_researcher_who_answers_by_mail_is_shown_the_way_back_to_the_workspace(postbox: int) -> None:
    code, words = refused(postbox, "no-reply+w@example.org")
    assert code == 550
    assert f"{WORKSPACE}/w" in words
    assert "takes no mail" in words
    assert "n'accepte pas de courrier" in words


@pytest.mark.parametrize("to", ["no-reply@example.org", "someone.else@example.org", "no-reply+x@example.org"])
def test_anybody_else_is_sent_to_their_letter_and_told_no_address(postbox: int, to: str) -> None:
    code, words = refused(postbox, to)
    assert code == 550
    assert "http" not in words
    assert "named in our letter" in words


def test_the_text_of_a_message_is_never_taken(postbox: int) -> None:
    with smtplib.SMTP("127.0.0.1", postbox, timeout=SECONDS) as line:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            line.sendmail("someone@example.net", ["no-reply+w@example.org"], b"Subject: my answer\r\n\r\nIn town.\r\n")
        line.ehlo()
        line.mail("someone@example.net")
        line.rcpt("no-reply+w@example.org")
        assert line.docmd("DATA")[0] == 503


def test_a_robot_without_an_address_of_its_own_is_refused_too(postbox: int) -> None:
    with smtplib.SMTP("127.0.0.1", postbox, timeout=SECONDS) as line:
        line.ehlo()
        assert line.docmd("MAIL FROM:<>")[0] == 250
        assert line.rcpt("no-reply@example.org")[0] == 550
