"""One request asks partners about many texts that are out of date, and says beforehand and afterwards whom it cannot."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from config import policy
from tests.excerpts import published, text
from tests.factories import NOW, make_absence, make_assignment, make_partner, make_staff
from workflows.accounts.models import PartnerOrganisation, ResearcherAccount
from workflows.assignments.desk import WAITS
from workflows.assignments.models import Assignment, AssignmentPoint
from workflows.assignments.terms import AWAY, INACTIVE, NOBODY_READS
from workflows.core.actors import Role, Staff
from workflows.core.errors import NotAllowed
from workflows.core.events import Event
from workflows.core.reminders import Reminder
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.recheck import draft_recheck
from workflows.excerpts.recheck_batch import Asked, ask_partners
from workflows.excerpts.recheck_plan import Plan, recheck_plan
from workflows.excerpts.recheck_standing import (
    ASKED_SINCE,
    DRAFTED,
    FULL,
    NO_PARTNER,
    NOT_OLD,
    NOT_PUBLISHED,
    OTHERS_NAMED,
    OUTSIDE,
    UNDER_WAY,
    Planned,
)
from workflows.excerpts.standing import hold_excerpt
from workflows.requests.neutral import PERSONAL

LATER = NOW + timedelta(days=400)
HOUSING = {("COD", "HOU")}


@pytest.fixture
def officer(scene: Session) -> Staff:
    made = make_staff(scene)
    scene.commit()
    return made


@pytest.fixture
def editor(scene: Session) -> Staff:
    made = make_staff(scene, Role.EDITOR)
    scene.commit()
    return made


@pytest.fixture
def partner(scene: Session) -> PartnerOrganisation:
    made = make_partner(scene, name="Its own")
    scene.commit()
    return made


@pytest.fixture
def stale(desk_session: Session, partner: PartnerOrganisation) -> Excerpt:
    """Out of date by LATER, found by a partner who still works."""
    excerpt = published(desk_session)
    excerpt.partner_id = partner.id
    desk_session.flush()
    return excerpt


def another(session: Session, *countries: str, **values) -> PartnerOrganisation:
    made = make_partner(session, *countries, **values)
    session.flush()
    return made


def planned(session: Session, actor: Staff) -> Plan:
    return recheck_plan(session, actor, HOUSING, LATER)


def only(session: Session, actor: Staff) -> Planned:
    [one] = planned(session, actor).texts
    return one


def ask(session: Session, actor: Staff, excerpt: Excerpt, partner: PartnerOrganisation) -> Asked:
    return ask_partners(session, actor, {excerpt.ref: partner.id}, LATER)


def why(asked: Asked) -> str:
    [one] = asked.left
    return one.why


def rechecks(session: Session) -> list[Assignment]:
    session.flush()
    kept = select(Assignment).where(Assignment.kind == "recheck").order_by(Assignment.created_at, Assignment.number)
    return list(session.scalars(kept))


def test_the_plan_says_who_will_be_asked_and_asks_nobody(desk_session: Session, officer: Staff, stale: Excerpt):
    one = only(desk_session, officer)
    assert (one.ref, one.title, one.why) == (stale.ref, "Rent for a one-bedroom home", "")
    assert one.partner
    assert (one.partner.name, one.partner.covers) == ("Its own", True)
    assert rechecks(desk_session) == []


def test_an_officer_s_request_reaches_the_partner_at_once(
    desk_session: Session, officer: Staff, stale: Excerpt, partner: PartnerOrganisation
):
    assert ask(desk_session, officer, stale, partner) == Asked(offered=1)
    [made] = rechecks(desk_session)
    assert (made.state, made.excerpt_id, made.partner_id) == ("offered", stale.id, partner.id)
    assert made.respond_by is not None
    assert made.created_at == LATER
    moves = select(Event.kind).where(Event.object_id == made.id).order_by(Event.kind.desc())
    assert desk_session.scalars(moves).all() == ["assignment.open", "assignment.offer"]
    assert desk_session.scalars(select(Reminder.ladder).where(Reminder.object_id == made.id)).all() == [
        "assignment.offer"
    ]
    [said] = desk_session.scalars(select(AssignmentPoint.text).where(AssignmentPoint.assignment_id == made.id))
    assert said.endswith(text().summary)


def test_an_editor_s_request_waits_for_an_officer(
    desk_session: Session, editor: Staff, stale: Excerpt, partner: PartnerOrganisation
):
    assert ask(desk_session, editor, stale, partner) == Asked(drafted=1)
    assert [one.state for one in rechecks(desk_session)] == ["drafted"]
    assert only(desk_session, editor).why == DRAFTED


def test_what_the_clock_drafted_goes_out_with_the_request_of_an_officer(
    desk_session: Session, officer: Staff, stale: Excerpt, partner: PartnerOrganisation
):
    draft = draft_recheck(desk_session, stale, LATER)
    desk_session.flush()
    assert only(desk_session, officer).why == ""
    assert ask(desk_session, officer, stale, partner) == Asked(offered=1)
    assert rechecks(desk_session) == [draft]
    assert draft
    assert (draft.state, draft.partner_id, len(draft.points)) == ("offered", partner.id, 1)


def test_a_draft_ends_when_another_partner_is_asked_instead(
    desk_session: Session, officer: Staff, stale: Excerpt, partner: PartnerOrganisation
):
    draft_recheck(desk_session, stale, LATER)
    make_absence(desk_session, partner, LATER.date(), LATER.date())
    other = another(desk_session)
    one = only(desk_session, officer)
    assert (one.why, [them.id for them in one.others]) == (AWAY, [other.id])
    assert ask(desk_session, officer, stale, other) == Asked(offered=1)
    assert {(made.state, made.proposed_partner_id) for made in rechecks(desk_session)} == {
        ("revoked", partner.id), ("offered", other.id),
    }  # fmt: skip


def test_nobody_is_asked_twice(desk_session: Session, officer: Staff, stale: Excerpt, partner: PartnerOrganisation):
    ask(desk_session, officer, stale, partner)
    other = another(desk_session)
    assert why(ask(desk_session, officer, stale, partner)) == UNDER_WAY
    assert why(ask(desk_session, officer, stale, other)) == UNDER_WAY
    one = only(desk_session, officer)
    assert (one.why, one.others, one.settled) == (UNDER_WAY, (), True)
    assert one.recheck_id == rechecks(desk_session)[0].id
    assert len(rechecks(desk_session)) == 1


def test_what_still_holds_is_no_part_of_the_plan(desk_session: Session, officer: Staff, stale: Excerpt):
    assert recheck_plan(desk_session, officer, HOUSING, NOW).texts == ()
    assert recheck_plan(desk_session, officer, {("NPL", "EDU")}, LATER).texts == ()
    assert recheck_plan(desk_session, officer, set(), LATER).texts == ()
    assert ask_partners(desk_session, officer, {}, LATER) == Asked()


@pytest.mark.parametrize("change", ["away", "waits", "inactive", "unread", "elsewhere", "full", "unknown"])
def test_of_each_text_it_is_said_why_its_partner_is_not_asked_and_who_could_be(
    desk_session: Session, officer: Staff, stale: Excerpt, partner: PartnerOrganisation, change: str
):
    if change == "away":
        make_absence(desk_session, partner, LATER.date(), LATER.date())
    if change == "waits":
        tomorrow = LATER.date() + timedelta(days=1)
        make_assignment(desk_session, partner, state="declined", ask_again_after=tomorrow)
    if change == "full":
        for _number in range(policy.RECHECKS_FILL_PARTNER_TO):
            make_assignment(desk_session, partner)
    if change == "unread":
        desk_session.execute(
            update(ResearcherAccount).where(ResearcherAccount.partner_id == partner.id).values(active=False)
        )
    desk_session.flush()
    own = desk_session.get_one(PartnerOrganisation, partner.id)
    own.active = change != "inactive"
    own.countries = ["NPL"] if change == "elsewhere" else ["COD"]
    stale.partner_id = None if change == "unknown" else partner.id
    if change == "unknown":
        desk_session.get_one(PartnerOrganisation, partner.id).active = False
    other = another(desk_session, name="Another")
    another(desk_session, "NPL")
    another(desk_session, active=False)
    said = {
        "away": AWAY,
        "waits": WAITS,
        "inactive": INACTIVE,
        "unread": NOBODY_READS,
        "elsewhere": OUTSIDE,
        "full": FULL,
        "unknown": NO_PARTNER,
    }
    one = only(desk_session, officer)
    assert one.why == said[change]
    assert [them.name for them in one.others] == ["Another"]
    assert ask(desk_session, officer, stale, other) == Asked(offered=1)


def test_who_asks_is_told_when_the_partner_became_unable_meanwhile(
    desk_session: Session, officer: Staff, stale: Excerpt, partner: PartnerOrganisation
):
    assert only(desk_session, officer).why == ""
    make_absence(desk_session, partner, LATER.date(), LATER.date())
    other = another(desk_session)
    [left] = ask(desk_session, officer, stale, partner).left
    assert (left.why, [them.id for them in left.others]) == (AWAY, [other.id])
    assert rechecks(desk_session) == []


def test_the_best_suggestion_comes_first_and_few_are_named(desk_session: Session, officer: Staff, stale: Excerpt):
    stale.partner_id = None
    done = another(desk_session, name="Z knows rents")
    make_assignment(desk_session, done, state="completed", topics=["HOU-rent"])
    for number in range(OTHERS_NAMED):
        another(desk_session, name=f"New {number}")
    named = [them.name for them in only(desk_session, officer).others]
    assert (len(named), named[0]) == (OTHERS_NAMED, "Z knows rents")


def test_a_recheck_that_is_over_is_not_repeated_with_the_same_partner(
    desk_session: Session, officer: Staff, stale: Excerpt, partner: PartnerOrganisation
):
    ask(desk_session, officer, stale, partner)
    [over] = rechecks(desk_session)
    over.state = "declined"
    other = another(desk_session)
    one = only(desk_session, officer)
    assert (one.why, one.recheck_id, [them.id for them in one.others]) == (ASKED_SINCE, over.id, [other.id])
    assert ask(desk_session, officer, stale, other) == Asked(offered=1)


def test_a_text_that_changed_meanwhile_is_left_alone_and_said(
    desk_session: Session, officer: Staff, editor: Staff, stale: Excerpt, partner: PartnerOrganisation
):
    stale.valid_until = LATER.date()
    desk_session.flush()
    assert why(ask(desk_session, officer, stale, partner)) == NOT_OLD
    hold_excerpt(desk_session, editor, stale.id, "A doubt.", None, LATER, version=stale.version)
    desk_session.flush()
    assert why(ask(desk_session, officer, stale, partner)) == NOT_PUBLISHED
    assert rechecks(desk_session) == []


def test_one_request_fills_no_partner_beyond_measure(
    desk_session: Session, officer: Staff, stale: Excerpt, partner: PartnerOrganisation
):
    for _number in range(policy.RECHECKS_FILL_PARTNER_TO):
        published(desk_session).partner_id = partner.id
    plan = planned(desk_session, officer)
    assert (len(plan.asked), [one.why for one in plan.not_asked]) == (policy.RECHECKS_FILL_PARTNER_TO, [FULL])
    asked = ask_partners(desk_session, officer, {one.ref: partner.id for one in plan.texts}, LATER)
    assert (asked.offered, why(asked)) == (policy.RECHECKS_FILL_PARTNER_TO, FULL)


def test_a_text_with_personal_details_waits_as_a_draft_for_somebody_to_read_it(
    desk_session: Session, officer: Staff, stale: Excerpt, partner: PartnerOrganisation
):
    version = desk_session.scalars(select(ExcerptVersion)).one()
    version.summary = "Ask Mrs. Amina Diallo, telephone 0470 12 34 56."
    desk_session.flush()
    asked = ask(desk_session, officer, stale, partner)
    [draft] = rechecks(desk_session)
    assert (asked.offered, asked.drafted, why(asked)) == (0, 1, PERSONAL)
    assert (asked.left[0].recheck_id, draft.state, draft.partner_id) == (draft.id, "drafted", None)


def test_a_manager_asks_nobody(desk_session: Session, scene: Session, stale: Excerpt, partner: PartnerOrganisation):
    manager = make_staff(scene, Role.MANAGER)
    scene.commit()
    with pytest.raises(NotAllowed):
        ask(desk_session, manager, stale, partner)
