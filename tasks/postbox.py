"""Answers whoever sends mail to the address that our letters come from: no, and here is the way back.

The operator's mail server passes that address on to this port. Each recipient is refused before any content is sent, so
none is ever taken; the sender's own server then tells them. We write no letter ourselves, so that a forged sender hears
nothing and two robots cannot answer each other. Holds no secret and no database. `python -m tasks.postbox`.
"""

import asyncio
import signal
from typing import Any

from aiosmtpd.smtp import SMTP

from config.logs import configure, get_logger
from config.settings import LOOPBACK, PostboxSettings
from workflows.core.links import Links
from workflows.notices.no_answers import refusal

PATIENCE_SECONDS = 60

log = get_logger(__name__)


class Doorkeeper:
    """What aiosmtpd asks when a recipient is named."""

    def __init__(self, links: Links) -> None:
        self.links = links

    async def handle_RCPT(self, *asked: Any) -> str:  # noqa: N802 -- the library's name
        """Refuse, whoever it is for; who asked is nowhere written down."""
        _server, _session, _envelope, address, _options = asked
        log.info("postbox.refused")
        return refusal(address, self.links)


def main() -> None:
    """Listen until SIGTERM or Ctrl-C. Refuses wrong settings: SettingsError."""
    settings = PostboxSettings.from_environment()
    configure("postbox")
    asyncio.run(_listen(settings))


async def _listen(settings: PostboxSettings) -> None:
    doorkeeper = Doorkeeper(
        Links(settings.base_url_public, settings.base_url_desk, settings.base_url_portal, settings.base_url_caseload)
    )
    ended = asyncio.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(kind, ended.set)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(doorkeeper, hostname="localhost", ident="mail", timeout=PATIENCE_SECONDS),
        LOOPBACK,
        settings.postbox_port,
    )
    async with server:
        await ended.wait()


if __name__ == "__main__":
    main()
