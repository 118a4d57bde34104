"""The desk's list of excerpts reads no more rows when there are more texts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session

from tests.factories import TODAY, make_staff
from workflows.core.actors import Role
from workflows.excerpts.desk_queries import COUNTED_TO, Filters, View, excerpts_index

MORE = text("""
with texts as (
    insert into excerpt (id, version, ref, country, topic_group, language, state, valid_until, created_at)
    select gen_random_uuid(), 1, 'COD-HEA-' || (100000 + n), 'COD', 'HEA', 'fr', 'published',
           cast(:day as date) + cast(n % 400 as int), now()
    from generate_series(cast(:first as int), cast(:last as int)) n returning id, ref)
insert into excerpt_version (id, version, excerpt_id, number, state, title, summary, body, unknown, confidence, place,
    topics, facets, sources, information_date, valid_until, change, public_note, translated_notes, author_id,
    co_author_ids, saved_at)
select gen_random_uuid(), 1, id, number, case number when 2 then 'published' else 'superseded' end, ref, '', '', '',
    'sure', '', '{HEA-medicines}', '{}', '[]', :day, :day, 'first', '', '{}', :author, '{}', now()
from texts, generate_series(1, 2) number
""")


def read_by(plan: dict[str, Any]) -> int:
    """Rows of tables that a plan looked at, those it let go included."""
    own = sum(plan.get(name, 0) for name in ("Actual Rows", "Rows Removed by Filter"))
    return int(own * plan["Actual Loops"] if "Relation Name" in plan else 0) + sum(map(read_by, plan.get("Plans", ())))


@pytest.fixture
def asked(desk_session: Session) -> Iterator[list[tuple[str, Any]]]:
    """The statements of the desk's log-in."""
    seen: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    engine = desk_session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def add(house: Connection, first: int, last: int, day: date, author: object) -> None:
    house.execute(MORE, {"first": first, "last": last, "day": day, "author": author})
    house.execute(text("analyze excerpt"))
    house.execute(text("analyze excerpt_version"))


def rows_read(session: Session, asked: list[tuple[str, Any]], work: Any) -> int:
    asked.clear()
    work()
    statements = [one for one in asked if one[0].lstrip().startswith("SELECT")]
    cursor = session.connection().connection.cursor()
    total = 0
    for statement, parameters in statements:
        cursor.execute("explain (analyze, format json) " + statement, parameters)
        total += read_by(cursor.fetchone()[0][0]["Plan"])
    return total


@pytest.mark.parametrize("view", [View.ALL, View.PUBLISHED, View.WRITING, View.APPROVAL, View.ON_HOLD])
def test_a_page_reads_as_many_rows_of_six_thousand_texts_as_of_two_thousand(
    desk_session: Session, scene: Session, house: Engine, asked: list[tuple[str, Any]], view: View
) -> None:
    editor = make_staff(scene, Role.EDITOR)
    scene.commit()

    def page() -> None:
        listed = excerpts_index(desk_session, editor, Filters(view=view), TODAY)
        assert listed.counts[View.PUBLISHED] == COUNTED_TO + 1

    read: list[int] = []
    for first, last in ((1, 2000), (2001, 6000)):
        with house.begin() as connection:
            add(connection, first, last, TODAY, editor.id)
        read.append(rows_read(desk_session, asked, page))
        desk_session.rollback()
    assert read[1] <= read[0] + 60
    assert read[1] < 3 * (COUNTED_TO + 1)
