"""A researcher keeps the accounts of an organisation: their own, after a fresh second factor, two at once or one by one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.workflows.accounts.keeping import Keeper
from tests.workflows.accounts.people import ENTRANCES, Member, Sites, administrator
from workflows.accounts import desk, invitations, keepers
from workflows.accounts.desk import Person
from workflows.accounts.keepers import Link
from workflows.accounts.models import ResearcherAccount
from workflows.accounts.sessions import find_actor
from workflows.accounts.tokens import digest_of
from workflows.core import clock
from workflows.core.actors import Researcher
from workflows.core.errors import DoneMeanwhile, Incomplete, NotAllowed, NotFound

AMAL = Person(" Amal Osman ", None, "fr", "UTC")


@pytest.fixture
def stranger(sites: Sites, keeper: Keeper) -> Keeper:
    return Keeper(sites)


def works(sites: Sites, who: Keeper) -> bool:
    with sites.at("portal") as session:
        return find_actor(session, ENTRANCES["portal"], who.token, who.now) is not None


def opens(sites: Sites, link: Link) -> bool:
    try:
        with sites.at("portal") as session:
            return bool(invitations.look_at(session, ENTRANCES["portal"], link.token, clock.now()))
    except NotFound:
        return False


def test_the_desk_says_who_keeps_the_accounts_of_an_organisation(sites: Sites, colleague: Keeper):
    for keeps in (True, False):
        with sites.at("desk") as session:
            desk.appoint_keeper(session, administrator(), colleague.actor.id, colleague.now, keeps=keeps)
        with sites.at("portal") as session:
            assert find_actor(session, ENTRANCES["portal"], colleague.token, colleague.now).keeps_accounts is keeps


def test_a_colleague_is_invited_and_signs_in(sites: Sites, keeper: Keeper):
    link = keeper.does(keepers.invite_colleague, uuid4(), AMAL)
    assert link.login.startswith("amal-")
    account_id = next(one.id for one in keeper.sees().values() if one.name == "Amal Osman")
    member = Member(account_id, link.login, "portal")
    sites.take(link.token, member, keeper.now)
    with sites.at("portal") as session:
        late = keeper.now + timedelta(minutes=2)
        actor = find_actor(session, ENTRANCES["portal"], sites.full(member, late), late)
    assert actor == Researcher(account_id, keeper.actor.partner_id, "Amal Osman", "fr")
    with sites.at("owner") as session:
        told = session.execute(text("select object_id, actor_id from event where kind = 'researcher.invite'")).all()
    assert told == [(account_id, keeper.actor.id)]


def test_two_of_one_name_get_two_user_names(keeper: Keeper):
    assert len({keeper.does(keepers.invite_colleague, uuid4(), AMAL).login for _ in range(5)}) == 5


def test_a_form_that_is_sent_many_times_at_once_makes_one_colleague(sites: Sites, keeper: Keeper):
    account = uuid4()

    def send(_try: int) -> Link | None:
        try:
            return keeper.does(keepers.invite_colleague, account, AMAL)
        except DoneMeanwhile:
            return None

    with ThreadPoolExecutor(4) as pool:
        made = [link for link in pool.map(send, range(4)) if link]
    assert [one.name for one in keeper.sees().values()].count("Amal Osman") == len(made) == 1
    assert opens(sites, made[0])


def test_the_list_names_the_organisation_and_no_other(keeper: Keeper, colleague: Keeper, stranger: Keeper):
    assert set(keeper.sees()) == {keeper.actor.id, colleague.actor.id}
    standing = keeper.sees()[colleague.actor.id].standing
    assert (standing.login, standing.active, standing.seen_at) == (colleague.member.login, True, colleague.now)


def test_who_keeps_no_accounts_learns_and_does_nothing(sites: Sites, keeper: Keeper, colleague: Keeper):
    assert {one.standing.login for one in colleague.sees().values()} == {""}
    with pytest.raises(NotAllowed):
        colleague.does(keepers.invite_colleague, uuid4(), AMAL)
    for command, more in ((keepers.shut_colleague, ()), (keepers.invite_colleague_again, (None,))):
        with pytest.raises(NotAllowed):
            colleague.does(command, keeper.actor.id, *more)
    assert works(sites, keeper)


def test_whoever_was_dismissed_is_refused_by_the_database_too(sites: Sites, keeper: Keeper, colleague: Keeper):
    with sites.at("desk") as session:
        desk.appoint_keeper(session, administrator(), keeper.actor.id, keeper.now, keeps=False)
    with pytest.raises(NotAllowed):
        keeper.does(keepers.invite_colleague, uuid4(), AMAL)
    with pytest.raises(DoneMeanwhile):
        keeper.does(keepers.shut_colleague, colleague.actor.id)
    assert works(sites, colleague)


def test_somebody_of_another_organisation_is_not_found(sites: Sites, keeper: Keeper, stranger: Keeper):
    for unknown in (stranger.actor.id, uuid4()):
        with pytest.raises(NotFound):
            keeper.does(keepers.shut_colleague, unknown)
        with pytest.raises(NotFound):
            keeper.does(keepers.invite_colleague_again, unknown, None)
    assert works(sites, stranger)


def test_the_doors_themselves_open_to_nobody_of_another_organisation(sites: Sites, keeper: Keeper, stranger: Keeper):
    given = {"digest": digest_of(keeper.token), "now": keeper.now, "whom": stranger.actor.id, "link": b"x" * 32}
    with sites.at("portal") as session:
        assert not session.scalar(text("select authn.shut_colleague(:digest, :whom, :now)"), given)
        again = "select authn.invite_colleague_again(:digest, '-infinity', :whom, null, :link, :now, :now)"
        assert session.scalar(text(again), given) is None
    assert works(sites, stranger)


def test_a_link_is_made_only_soon_after_a_second_factor(keeper: Keeper, colleague: Keeper):
    late = keeper.now + timedelta(minutes=10, seconds=1)
    with pytest.raises(NotAllowed):
        keeper.does(keepers.invite_colleague, uuid4(), AMAL, now=late)
    with pytest.raises(DoneMeanwhile):
        keeper.does(keepers.invite_colleague_again, colleague.actor.id, None, now=late)


def test_a_shut_account_is_out_at_once_and_open_again_by_a_new_link(sites: Sites, keeper: Keeper, colleague: Keeper):
    keeper.does(keepers.shut_colleague, colleague.actor.id)
    assert not works(sites, colleague)
    assert not keeper.sees()[colleague.actor.id].active
    with pytest.raises(DoneMeanwhile):
        keeper.does(keepers.shut_colleague, colleague.actor.id)
    link = keeper.does(keepers.invite_colleague_again, colleague.actor.id, None)
    assert link.login == colleague.member.login
    sites.take(link.token, colleague.member, colleague.now)
    assert keeper.sees()[colleague.actor.id].active


def test_an_account_that_the_desk_shut_is_opened_by_the_desk_alone(sites: Sites, keeper: Keeper, colleague: Keeper):
    """Also one that a keeper had shut and somebody at the desk shut after that."""
    for shut_before in (False, True):
        if shut_before:
            keeper.does(keepers.shut_colleague, colleague.actor.id)
        with sites.at("desk") as session:
            desk.deactivate(session, administrator(), ResearcherAccount, colleague.actor.id, colleague.now)
        assert keeper.sees()[colleague.actor.id].shut_by_desk
        with pytest.raises(Incomplete):
            keeper.does(keepers.invite_colleague_again, colleague.actor.id, None)
        assert not keeper.sees()[colleague.actor.id].active
        with sites.at("desk") as session:
            desk.invite_again(session, administrator(), ResearcherAccount, colleague.actor.id, colleague.now)
        assert keeper.sees()[colleague.actor.id].active


def test_the_door_itself_opens_no_account_that_the_desk_shut(sites: Sites, keeper: Keeper, colleague: Keeper):
    with sites.at("desk") as session:
        desk.deactivate(session, administrator(), ResearcherAccount, colleague.actor.id, colleague.now)
    again = text("select authn.invite_colleague_again(:digest, :now, :whom, null, :link, :now, :now)")
    given = {"digest": digest_of(keeper.token), "now": keeper.now, "whom": colleague.actor.id, "link": b"x" * 32}
    with sites.at("portal") as session:
        assert session.scalar(again, given) is None
    assert not keeper.sees()[colleague.actor.id].active


def test_nobody_shuts_or_invites_themselves(keeper: Keeper, colleague: Keeper):
    for command, more in ((keepers.shut_colleague, ()), (keepers.invite_colleague_again, (None,))):
        with pytest.raises(NotAllowed):
            keeper.does(command, keeper.actor.id, *more)


def at_once(*deeds) -> list:
    def outcome(deed):
        try:
            return deed() or True
        except (DoneMeanwhile, NotFound):  # whoever was shut a moment ago sees nobody any more
            return False

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(outcome, deeds))


def test_two_keepers_who_shut_each_other_leave_one(sites: Sites, keeper: Keeper):
    other = Keeper(sites, partner_id=keeper.actor.partner_id)
    outcomes = at_once(
        lambda: keeper.does(keepers.shut_colleague, other.actor.id),
        lambda: other.does(keepers.shut_colleague, keeper.actor.id),
    )
    assert sorted(outcomes) == [False, True]
    assert sorted((works(sites, keeper), works(sites, other))) == [False, True]


def test_of_two_new_links_at_once_one_is_made(sites: Sites, keeper: Keeper, colleague: Keeper):
    other = Keeper(sites, partner_id=keeper.actor.partner_id)
    again = (keepers.invite_colleague_again, colleague.actor.id, None)
    links = at_once(*[lambda who=who: who.does(*again) for who in (keeper, other) * 4])
    made = [link for link in links if link]
    assert [opens(sites, link) for link in made] == [True]


def test_a_link_made_meanwhile_is_seen_before_it_is_replaced(keeper: Keeper, colleague: Keeper, sites: Sites):
    first = keeper.does(keepers.invite_colleague_again, colleague.actor.id, None)
    with pytest.raises(DoneMeanwhile):
        keeper.does(keepers.invite_colleague_again, colleague.actor.id, None)
    seen = keeper.sees()[colleague.actor.id].standing.invited_until
    second = keeper.does(keepers.invite_colleague_again, colleague.actor.id, seen)
    assert (opens(sites, first), opens(sites, second)) == (False, True)


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (Person(" ", None, "en", "UTC"), "name"),
        (Person("x" * 121, None, "en", "UTC"), "name"),
        (Person("Amal", "amal", "en", "UTC"), "email"),
    ],
)
def test_a_refused_colleague_says_which_field(keeper: Keeper, person: Person, field: str):
    with pytest.raises(Incomplete) as refused:
        keeper.does(keepers.invite_colleague, uuid4(), person)
    assert set(refused.value.problems) == {field}
