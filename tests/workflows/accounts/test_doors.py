"""What a hijacked site could do with its log-in to the database: tried for real."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.workflows.accounts.people import NOW, Sites

TABLES = ("credential", "recovery_code", "invitation", "session", "throttle")
SITES = ("public", "desk", "portal", "caseload", "worker")
INNER = (
    "serves('desk')",
    "is_welcome('desk', gen_random_uuid())",
    "standing('x', 'full', now())",
    "asking()",
    "asks(gen_random_uuid())",
    "promote('x', 'y', now(), now())",
    "keeper('x', now(), now())",
    "lately(now())",
    "handle_of('x')",
)
ONLY = {
    "make_invitation(gen_random_uuid(), 'desk', 'x', 'x', now(), now())": {"desk"},
    "cannot_enter(gen_random_uuid())": {"desk", "worker"},
    "shut_account(gen_random_uuid(), now())": {"desk"},
    "standing_of('{}', now())": {"desk"},
    "open_request('x', 'x', now(), now())": {"public"},
    "tidy(now() - interval '9 years')": {"worker"},
    "salt_of('desk', 'x')": {"desk", "portal", "caseload"},
    "begin_session('desk', 'x', 'x', 'x', now(), interval '1 minute')": {"desk", "portal", "caseload"},
    "factor_of('x', now())": {"desk", "portal", "caseload"},
    "pass_factor('x', 1, 'y', now(), now())": {"desk", "portal", "caseload"},
    "pass_recovery('x', 'x', 'y', now(), now())": {"desk", "portal", "caseload"},
    "change_password('x', 'x', 'x', 'x', 'x', now())": {"desk", "portal", "caseload"},
    "look_at_invitation('x', 'desk', now())": {"desk", "portal", "caseload"},
    "take_invitation('x', 'desk', 'x', 'x', 'x', 'x', 1, '{}', now())": {"desk", "portal", "caseload"},
    "sessions_of('x', now(), interval '1 minute')": {"desk", "portal", "caseload"},
    "end_all_sessions('x', now())": {"desk", "portal", "caseload"},
    "account_of('x', now())": {"desk", "portal", "caseload"},
    "live_session('x', 'desk', now(), interval '1 minute', interval '1 minute')": {
        "public",
        "desk",
        "portal",
        "caseload",
    },
    "end_session('x', now())": {"public", "desk", "portal", "caseload"},
    "wait_until('x', now(), 1, 1, 1, 1)": {"public", "desk", "portal", "caseload"},
    "failed('x', now(), 1, 1, 1, 1)": {"public", "desk", "portal", "caseload"},
    "forgive('x', true, now())": {"public", "desk", "portal", "caseload"},
    "knows('x')": {"public", "desk", "portal", "caseload"},
    "factor_held('x', now())": {"desk", "portal", "caseload"},
    "renew_session('x', 1, 'y', now())": {"desk", "portal", "caseload"},
    "colleagues_of('x', now())": {"portal"},
    "invite_colleague('x', now(), gen_random_uuid(), 'x', 'x', 'x', 'x', 'x', now(), now())": {"portal"},
    "invite_colleague_again('x', now(), gen_random_uuid(), now(), 'x', now(), now())": {"portal"},
    "end_one_session('x', 'x', now())": {"desk", "portal", "caseload"},
    "leave_session('x', 'portal', now(), interval '1 minute')": {"portal"},
    "renew_factor('x', now(), 'x', 'x', 1, now())": {"desk", "portal", "caseload"},
    "renew_recovery_codes('x', now(), 'x', '{}', now())": {"desk", "portal", "caseload"},
    "was_ended('x', 'portal', interval '1 minute')": {"portal"},
    "shut_colleague('x', gen_random_uuid(), now())": {"portal"},
    "current_partner()": set(SITES) - {"caseload"},
    "current_researcher()": set(SITES) - {"caseload"},
    "current_request()": set(SITES) - {"caseload"},
    "current_counsellor()": {"caseload"},
}


def refused(sites: Sites, site: str, statement: str) -> bool:
    try:
        with sites.at(site) as session:
            session.execute(text(statement))
    except ProgrammingError as error:
        return error.orig.sqlstate == "42501"
    return False


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("table", TABLES)
def test_no_site_reads_or_writes_a_log_in_table(sites: Sites, site, table):
    column = "name" if table == "throttle" else "account_id"
    for statement in (
        f"select count(*) from authn.{table}",
        f"delete from authn.{table}",
        f"insert into authn.{table} ({column}) values (null)",
        f"update authn.{table} set {column} = {column}",
        f"truncate authn.{table}",
        f"drop table authn.{table}",
    ):
        assert refused(sites, site, statement), statement


@pytest.mark.parametrize("site", SITES)
def test_each_function_opens_for_its_sites_alone(sites: Sites, site):
    for call, admitted in ONLY.items():
        assert refused(sites, site, f"select authn.{call}") != (site in admitted), call
    for call in INNER:
        assert refused(sites, site, f"select authn.{call}"), call


def test_every_function_is_in_the_table_above_and_pins_its_search_path(sites: Sites):
    with sites.at("owner") as session:
        rows = session.execute(
            text(
                "select p.proname, p.prosecdef, p.proconfig, r.rolname from pg_proc p join pg_roles r on r.oid = p.proowner "
                "where p.pronamespace = 'authn'::regnamespace"
            )
        ).all()
    assert {row.proname for row in rows} == {call.partition("(")[0] for call in (*ONLY, *INNER)}
    for row in rows:
        assert row.prosecdef, row.proname
        assert row.proconfig == ["search_path=pg_catalog, authn, public, pg_temp"], row.proname
        assert row.rolname == "terrain_owner", row.proname


def test_the_portal_cannot_try_a_password_of_the_desk(sites: Sites):
    member = sites.member("desk")
    with sites.at("portal") as session:
        assert session.execute(text("select * from authn.salt_of('desk', :login)"), {"login": member.login}).all() == []
    with sites.at("owner") as session:
        verifier = session.scalar(text("select verifier from authn.credential"))
    begin_session = text("select authn.begin_session('desk', :login, :verifier, 'x', :now, interval '5 minutes')")
    known = {"login": member.login, "verifier": verifier, "now": NOW}
    with sites.at("portal") as session:
        assert session.scalar(begin_session, known) is None
    with sites.at("desk") as session:
        assert session.scalar(begin_session, known) == member.account_id


def test_the_portal_cannot_take_a_link_of_the_desk(sites: Sites):
    account = sites.new_staff()
    token = sites.invite(account.id, "desk")
    from workflows.accounts.tokens import digest_of

    with sites.at("portal") as session:
        look = text("select * from authn.look_at_invitation(:digest, 'desk', :now)")
        assert session.execute(look, {"digest": digest_of(token), "now": NOW}).all() == []
