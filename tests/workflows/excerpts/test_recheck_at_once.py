"""Two requests at once ask once; and one about hundreds of texts costs the statements of one about a few."""

from datetime import timedelta
from threading import Barrier, Thread

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.at_desk import AtDesk
from tests.excerpts import published
from tests.factories import NOW, make_partner, make_staff
from workflows.assignments.models import Assignment
from workflows.excerpts.models import Excerpt, ExcerptVersion
from workflows.excerpts.recheck import draft_recheck
from workflows.excerpts.recheck_batch import Asked, ask_partners
from workflows.excerpts.recheck_plan import recheck_plan

LATER = NOW + timedelta(days=400)


def test_two_officers_pressing_at_once_ask_once(at_desk: AtDesk, desk_session: Session, scene: Session):
    officer, partner = make_staff(scene), make_partner(scene)
    scene.commit()
    excerpt = published(desk_session)
    choices = {excerpt.ref: partner.id}
    desk_session.commit()
    barrier, results = Barrier(2), []

    def press() -> None:
        barrier.wait()
        with at_desk() as session:
            results.append(ask_partners(session, officer, choices, LATER))

    threads = [Thread(target=press) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted((one.offered, len(one.left)) for one in results) == [(0, 1), (1, 0)]
    assert len(scene.scalars(select(Assignment).where(Assignment.kind == "recheck")).all()) == 1


def copies(session: Session, count: int, group: str) -> list[Excerpt]:
    """Texts out of date, five to a partner; every third with a draft of the clock."""
    made: list[Excerpt] = []
    model = published(session)
    version = session.scalars(select(ExcerptVersion).where(ExcerptVersion.excerpt_id == model.id)).one()
    model.valid_until = LATER.date()
    for number in range(count):
        partner_id = made[-1].partner_id if number % 5 else make_partner(session).id
        made.append(copy_of(model, ref=f"COD-{group}-{9000 + number}", topic_group=group, partner_id=partner_id))
        made[-1].valid_until = version.valid_until
        session.add_all([made[-1], copy_of(version, excerpt_id=made[-1].id)])
        session.flush()
        if number % 3 == 0:
            draft_recheck(session, made[-1], LATER)
    return made


def copy_of(row, **values):
    """A new row like this one."""
    columns = {column.key: getattr(row, column.key) for column in type(row).__mapper__.column_attrs}
    del columns["id"]
    return type(row)(**columns | values)


def test_a_request_costs_the_same_for_3_and_for_300_texts(
    desk_session: Session, desk_statements: list[str], scene: Session
):
    officer = make_staff(scene)
    scene.commit()
    spent = []
    for count, group in ((3, "HOU"), (300, "HEA")):
        choices = {one.ref: one.partner_id for one in copies(desk_session, count, group)}
        desk_session.commit()
        desk_session.expunge_all()
        desk_statements.clear()
        plan = recheck_plan(desk_session, officer, {("COD", group)}, LATER)
        looked = len(desk_statements)
        assert {one.ref: one.partner.id for one in plan.asked if one.partner} == choices
        desk_session.expunge_all()
        desk_statements.clear()
        assert ask_partners(desk_session, officer, choices, LATER) == Asked(offered=count)
        desk_session.commit()
        spent.append((looked, len(desk_statements)))
    assert spent[0] == spent[1] == (5, 13)
