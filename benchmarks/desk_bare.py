"""The queue itself, written out by one bare query and one template: what its rows, cells and views cost without a rule.

Its frame, menus and buttons are text that is made once. Nobody is asked who they are, nothing is late, nothing
published is looked for, no word is translated, and nothing of ours puts a row into words.
"""

from typing import Any

from flask import Flask
from sqlalchemy import Connection, Select, and_, case, create_engine, func, select

from benchmarks.desk_limit import ROWS
from benchmarks.world import BenchWorld
from workflows.accounts.models import StaffAccount
from workflows.core import clock
from workflows.replies.triage_views import OPEN, View
from workflows.requests.models import Point, Question
from workflows.vocabulary.models import Country, Topic

VIEWS = """<nav class="views"><ul>{% for view, number in views %}<li>
<a href="/desk/questions?view={{ view }}">{{ view }}
<span class="num faint nowrap">{{ number }}</span></a></li>{% endfor %}</ul></nav>
<select name="country">{% for code, name in countries.items() %}<option value="{{ code }}">{{ name }}
({{ by_country[code] }})</option>{% endfor %}</select>
<select name="topic">{% for code, name in topics.items() %}<option value="{{ code }}">{{ name }}</option>{% endfor %}
</select>"""
PICTURE = '<svg class="i" aria-hidden="true"><use href="/static/kit/icons.svg?v=0123456789#person"/></svg>'
TABLE = """{% for row in rows %}<tr>
<td><label class="opt"><input type="checkbox" name="chosen" value="{{ row.id }}~{{ row.version }}">
<span class="vh">Select: {{ row.text }}</span></label></td>
<th scope="row" class="q1">
<a href="/desk/questions/{{ row.id }}" dir="auto" lang="{{ row.language }}">{{ row.text }}</a>
<div class="xs faint">{% if row.urgency == "urgent" %}<span class="late">PICTURE Urgent</span>{% endif %}
<span>PICTURE {{ row.officer }}</span></div></th>
<td class="snug">{{ countries[row.country] }}</td>
<td class="snug">{{ topics[row.topics[0]] }}</td>
<td class="faint"><abbr title="{{ row.language }}">{{ row.language | upper }}</abbr></td>
<td>PICTURE <span>{{ row.topics | length }} texts</span></td>
<td class="snug"><span class="badge t-wait">PICTURE {{ row.state }}</span></td>
<td class="r num faint"><span class="told">Came in</span> {{ (today - row.received_at.date()).days }} d</td>
<td class="r num"><span class="late">PICTURE {{ (today - row.promised_by).days }} d late</span></td>
</tr>{% endfor %}""".replace("PICTURE", PICTURE)


def bare_queue(world: BenchWorld, page: str) -> Flask:
    """A Flask application of one page: the frame of ours, given as HTML, with views and rows of its own."""
    app = Flask("bare")
    above, between, below = _frame(page)
    views, table = (app.jinja_env.from_string(text) for text in (VIEWS, TABLE))
    engine = create_engine(world.env["DATABASE_URL_DESK"].replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.connect() as connection:
        names = {"countries": _names(connection, Country, "iso3"), "topics": _names(connection, Topic, "code")}
    numbers, oldest = _numbers(), _oldest()

    @app.get("/")
    def whole() -> str:
        with engine.connect() as connection:
            counted, rows = connection.execute(numbers).all(), connection.execute(oldest).all()
        sums = {view: sum(getattr(one, view) for one in counted) for view in View}
        by_country = {one.country: one.open for one in counted}
        links = views.render(views=sums.items(), by_country=by_country, **names)
        return f"{above}{links}{between}{table.render(rows=rows, today=clock.today(), **names)}{below}"

    return app


def _frame(page: str) -> tuple[str, str, str]:
    """What stands above the views, between these and the rows, and below the rows."""
    above, _views, rest = page.partition('<nav class="views"')
    between, body, rows = rest[rest.index('<form method="post" action="/desk/questions/chosen"') :].partition("<tbody>")
    return above, between + body, rows[rows.index("</tbody>") :]


def _names(connection: Connection, model: type[Country | Topic], key: str) -> dict[str, str]:
    columns = model.__table__.c
    found = connection.execute(select(columns[key], columns.name_en).where(columns.active).order_by(columns.name_en))
    return {row[0]: row[1] for row in found}


def _numbers() -> Select[Any]:
    """Each view of what is open, as plainly as its name says, by country."""
    question = Question.__table__.c
    late, held = question.promised_by < clock.today(), question.state
    holds = {
        View.NEW: held == "received", View.LATE: late, View.WAITING: held == "clarification_asked",
        View.URGENT: question.urgency == "urgent", View.SECOND: question.second_reading_owed,
        View.AGAIN: held == "answered", View.MINE: question.officer_id.is_not(None), View.OPEN: held.in_(OPEN),
    }  # fmt: skip
    counts = (func.sum(case((it, 1), else_=0)).label(view) for view, it in holds.items())
    return select(question.country, *counts).where(held.in_(OPEN)).group_by(question.country)


def _oldest() -> Select[Any]:
    question, point, staff = Question.__table__, Point.__table__, StaffAccount.__table__
    first = and_(point.c.question_id == question.c.id, point.c.position == 1)
    return (
        select(
            question.c.id, question.c.version, question.c.country, question.c.topics, question.c.language,
            question.c.state, question.c.urgency, question.c.received_at, question.c.promised_by, point.c.text,
            staff.c.name.label("officer"),
        )
        .select_from(question.outerjoin(point, first).outerjoin(staff, staff.c.id == question.c.officer_id))
        .where(question.c.state.in_(OPEN))
        .order_by(question.c.received_at, question.c.id)
        .limit(ROWS)
    )  # fmt: skip
