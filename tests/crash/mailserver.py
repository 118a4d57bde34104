"""A real mail server in a process of its own, which notes every Message-ID as it says "250".

`python -m tests.crash.mailserver PORT NOTES` prints a line when it listens and ends when its input does.
"""

import os
import sys
from typing import Any

from aiosmtpd.controller import Controller


class Notary:
    """Writes first, answers second, so that no letter was answered for that is not in the notes."""

    def __init__(self, notes: str) -> None:
        self.notes = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        for line in envelope.content.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
            if line.lower().startswith(b"message-id:"):
                os.write(self.notes, line.split(b":", 1)[1].strip() + b"\n")
        return "250 taken"


def main() -> None:
    port, notes = sys.argv[1:]
    controller = Controller(Notary(notes), hostname="127.0.0.1", port=int(port))
    controller.start()
    print("listening", flush=True)
    sys.stdin.read()
    controller.stop()


if __name__ == "__main__":
    main()
