"""Where somebody sits is kept nowhere: not in a table, not in a log, not in an answer; and no page says where they came from."""

import logging

from sqlalchemy import text

from tests.http.public.conftest import code_in
from tests.sites import Browser

HERE = {"REMOTE_ADDR": "203.0.113.77"}
TABLES = text(
    "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'authn') order by 1"
)


def rows_that_hold(scene, needle: str) -> list[str]:
    """The tables in which it stands somewhere, as text."""
    found = []
    for table in scene.scalars(TABLES).all():
        holds = text(f"select count(*) from {table} one where one::text like :needle")
        if scene.scalar(holds, {"needle": f"%{needle}%"}):
            found.append(table)
    return found


def visit(public: Browser, asking) -> list[str]:
    """Ask, come back, mistype, take a new code, leave: everything that counts by network too."""
    answers = [public.post("/en/ask", asking(), environ_overrides=HERE)]
    code = code_in(answers[0].text)
    for path, form in (("/en/q", {"code": "nonsense"}), ("/en/q", {"code": code}), ("/en/q/code/show", {})):
        answers.append(public.post(path, form, environ_overrides=HERE))
    answers.append(public.get("/en/q/status", environ_overrides=HERE))
    answers.append(public.post("/en/q/leave", environ_overrides=HERE))
    assert all(answer.headers["Referrer-Policy"] == "no-referrer" for answer in answers)
    return [answer.text + str(answer.headers) for answer in answers]


def test_no_address_is_in_the_database_in_a_log_or_in_an_answer(public, asking, scene, caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        answers = visit(public, asking)
    said = caplog.text + "".join(capsys.readouterr()) + "".join(answers)
    assert "follow.enter" in said
    for needle in ("203.0.113", "203.0."):
        assert needle not in said
        assert rows_that_hold(scene, needle) == []
    assert rows_that_hold(scene, "Kinshasa") != []
