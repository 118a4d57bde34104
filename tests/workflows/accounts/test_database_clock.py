"""A site that says another moment than it is revives nothing: what is over is over by the database's own clock."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from config import policy
from tests.workflows.accounts.keeping import Keeper
from tests.workflows.accounts.people import Sites
from workflows.accounts.tokens import digest_of

BEFORE = "now() - interval '6 minutes'"
"""A moment that the site gives: then everything was still alive."""


def end(sites: Sites, what: str) -> None:
    """Everything of the kind (session or invitation) was over five minutes ago."""
    with sites.at("owner") as session:
        session.execute(text(f"update authn.{what} set expires_at = now() - interval '5 minutes'"))


def age(sites: Sites) -> None:
    """The second factor of every session was shown eleven minutes ago."""
    with sites.at("owner") as session:
        session.execute(text("update authn.session set created_at = now() - interval '11 minutes'"))


def asked(sites: Sites, at: str, call: str, /, **given: object) -> list:
    """What a door of the database answers somebody who holds the credentials of this site."""
    with sites.at(at) as session:
        rows = session.execute(text(f"select * from authn.{call}"), given).all()
    return [tuple(row) for row in rows if any(value for value in row)]


def accounts(sites: Sites) -> int:
    with sites.at("owner") as session:
        return session.scalar(text("select count(*) from researcher")) or 0


def doors(moment: str) -> tuple[str, ...]:
    """The doors of a keeper, that moment and a second factor shown at any time."""
    return (
        "invite_colleague(:digest, '-infinity', gen_random_uuid(), 'Ghost', null, 'en', 'ghost', :link, "
        + moment
        + ", now() + interval '3 days')",
        f"invite_colleague_again(:digest, '-infinity', :whom, null, :link, {moment}, now() + interval '3 days')",
    )


@pytest.mark.parametrize("door", doors(BEFORE))
def test_a_session_that_is_over_makes_no_account_and_no_link(
    sites: Sites, keeper: Keeper, colleague: Keeper, door: str
):
    given = {"digest": digest_of(keeper.token), "link": b"x" * 32, "whom": colleague.actor.id}
    assert asked(sites, "portal", door, **given), "as long as the session lives"
    end(sites, "session")
    before = accounts(sites)
    assert asked(sites, "portal", door, **given | {"link": b"y" * 32}) == []
    assert accounts(sites) == before


@pytest.mark.parametrize("door", doors("now()"))
def test_a_second_factor_shown_long_ago_makes_none_whatever_the_site_says(
    sites: Sites, keeper: Keeper, colleague: Keeper, door: str
):
    age(sites)
    given = {"digest": digest_of(keeper.token), "link": b"x" * 32, "whom": colleague.actor.id}
    before = accounts(sites)
    assert asked(sites, "portal", door, **given) == []
    assert accounts(sites) == before


def test_a_session_that_is_over_is_nobody_and_shuts_nobody(sites: Sites, keeper: Keeper, colleague: Keeper):
    given = {"digest": digest_of(keeper.token), "whom": colleague.actor.id}
    live = f"live_session(:digest, 'portal', {BEFORE}, interval '1 day', interval '1 minute')"
    assert asked(sites, "portal", live, **given)
    end(sites, "session")
    for call in (
        live,
        f"factor_held(:digest, {BEFORE})",
        f"colleagues_of(:digest, {BEFORE})",
        f"sessions_of(:digest, {BEFORE}, interval '1 day')",
        f"shut_colleague(:digest, :whom, {BEFORE})",
    ):
        assert asked(sites, "portal", call, **given) == [], call


@pytest.mark.parametrize("idle", [timedelta(minutes=15)])
def test_a_session_left_alone_is_not_found_by_naming_an_earlier_moment(sites: Sites, keeper: Keeper, idle: timedelta):
    with sites.at("owner") as session:
        session.execute(text("update authn.session set seen_at = now() - interval '16 minutes'"))
    call = f"live_session(:digest, 'portal', {BEFORE}, :idle, interval '1 minute')"
    assert asked(sites, "portal", call, digest=digest_of(keeper.token), idle=idle) == []


@pytest.mark.parametrize("site", ["desk", "portal", "caseload"])
def test_a_link_that_is_over_opens_nothing(sites: Sites, site: str):
    member = sites.member(site)
    link = digest_of(sites.invite(member.account_id, site))
    look = f"look_at_invitation(:digest, :site, {BEFORE})"
    take = f"take_invitation(:digest, :site, 'x', 'x', 'x', 'x', 1, '{{}}', {BEFORE})"
    assert asked(sites, site, look, digest=link, site=site)
    end(sites, "invitation")
    assert asked(sites, site, look, digest=link, site=site) == []
    assert asked(sites, site, take, digest=link, site=site) == []


@pytest.mark.parametrize("site", ["desk", "portal", "caseload"])
def test_a_log_in_is_not_renewed_long_after_a_second_factor(sites: Sites, site: str):
    digest = digest_of(sites.full(sites.member(site)))
    with sites.at("owner") as session:
        verifier = session.scalar(text("select verifier from authn.credential"))
    doors = (
        "renew_factor(:digest, '-infinity', :verifier, 'x', 9, now())",
        "renew_recovery_codes(:digest, '-infinity', :verifier, '{}', now())",
    )
    for door in doors:
        assert asked(sites, site, door, digest=digest, verifier=verifier), "soon after it"
    age(sites)
    for door in doors:
        assert asked(sites, site, door, digest=digest, verifier=verifier) == []


def test_the_database_and_the_pages_mean_the_same_by_lately(sites: Sites):
    with sites.at("owner") as session:
        assert session.scalar(text("select now() - authn.lately('-infinity')")) == policy.STEP_UP_VALID
        sooner = text("select authn.lately(now() - interval '1 minute') = now() - interval '1 minute'")
        assert session.scalar(sooner)
