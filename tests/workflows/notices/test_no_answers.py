"""The refusal of mail is plain enough for every mail server and short enough for every line."""

import pytest

from workflows.core.links import Links
from workflows.notices.no_answers import refusal, reply_address

LINKS = Links("https://public.example", "https://desk.example", "https://work.example", "https://cases.example")
SENDER = "no-reply@example.org"


@pytest.mark.parametrize("address", [SENDER, "no-reply+w@example.org", "nobody", "", "é+w@example.org"])
def test_every_line_is_ascii_with_its_code_and_fits_the_protocol(address: str) -> None:
    lines = refusal(address, LINKS).split("\r\n")
    assert all(line.startswith("550-5.7.1 ") for line in lines[:-1])
    assert lines[-1].startswith("550 5.7.1 ")
    assert all(line.isascii() and len(line) <= 510 for line in lines)


def test_it_is_said_in_each_language_that_plain_letters_can_write() -> None:
    lines = refusal(SENDER, LINKS).split("\r\n")
    assert len(lines) >= 3
    assert len(set(lines)) == len(lines)


def test_no_site_but_the_workspace_is_ever_named() -> None:
    for address in (SENDER, "no-reply+w@example.org", "no-reply+desk@example.org"):
        words = refusal(address, LINKS)
        assert not any(site in words for site in (LINKS.public, LINKS.desk, LINKS.caseload))


def test_only_letters_to_researchers_say_where_to_answer() -> None:
    assert reply_address(SENDER, "researcher") == "no-reply+w@example.org"
    assert [reply_address(SENDER, kind) for kind in ("request", "staff", "counsellor")] == [None, None, None]
