"""Letters cannot be answered by mail. Who tries is refused before a word was taken, and shown the way back."""

import unicodedata
from collections.abc import Iterator

from workflows.core.links import Links
from workflows.core.words import PARTNERS, say
from workflows.core.words import mark as _
from workflows.notices.recipients import RESEARCHER

REFUSED = "5.7.1"  # RFC 3463: delivery not authorised, message refused
WORKSPACE = "w"
THE_LETTER = _("This address takes no mail. Nothing that you wrote was kept. Please open the page named in our letter.")
THE_PAGE = _("This address takes no mail. Nothing that you wrote was kept. Please open this page:")


def reply_address(sender: str, kind: str) -> str | None:
    """Where an answer to a letter goes: for a researcher, an address by which the refusal knows the way back to the
    workspace; for everybody else the sender's own (None), which says nothing of where anything is.
    """
    local, _at, domain = sender.rpartition("@")
    return f"{local}+{WORKSPACE}@{domain}" if kind == RESEARCHER else None


def refusal(address: str, links: Links) -> str:
    """The answer of a mail server to whoever wants to write to `address`: a line for each language that can be said in
    plain ASCII, which is all that every mail server understands.
    """
    tag = address.rpartition("@")[0].partition("+")[2]
    where = links.to("workspace") if tag == WORKSPACE else ""
    lines = list(dict.fromkeys(_lines(THE_PAGE if where else THE_LETTER, where)))
    return "\r\n".join([*(f"550-{REFUSED} {line}" for line in lines[:-1]), f"550 {REFUSED} {lines[-1]}"])


def _lines(words: str, where: str) -> Iterator[str]:
    for language in PARTNERS:
        line = _without_accents(f"{say(words, language)} {where}".strip())
        if line.isascii():
            yield line


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
