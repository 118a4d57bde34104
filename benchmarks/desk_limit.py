"""The least that a page of fifty open questions and their counts costs with this driver and these templates."""

from flask import Flask
from sqlalchemy import and_, create_engine, func, select

from benchmarks.world import BenchWorld
from workflows.replies.triage_views import OPEN
from workflows.requests.models import Point, Question

ROWS = 50
PAGE = """<!doctype html><title>Questions</title>
<ul>{% for state, count in counts %}<li>{{ state }} {{ count }}</li>{% endfor %}</ul><table>
{% for row in rows %}<tr><td><a href="/desk/questions/{{ row.id }}">{{ row.text }}</a></td><td>{{ row.country }}</td>
<td>{{ row.topics | join(", ") }}</td><td>{{ row.language }}</td><td>{{ row.state }}</td><td>{{ row.urgency }}</td>
<td>{{ row.received_at.date() }}</td><td>{{ row.promised_by }}</td></tr>{% endfor %}
</table>"""


def limit_queue(world: BenchWorld) -> Flask:
    """A Flask application of one page, that asks as the desk's own log-in, with Core, and knows nothing of anybody."""
    app = Flask("limit")
    template = app.jinja_env.from_string(PAGE)
    engine = create_engine(world.env["DATABASE_URL_DESK"].replace("postgresql:", "postgresql+psycopg:", 1))
    question, point = Question.__table__, Point.__table__
    is_open = question.c.state.in_(OPEN)
    first = and_(point.c.question_id == question.c.id, point.c.position == 1)
    counted = select(question.c.state, func.count()).where(is_open).group_by(question.c.state)
    oldest = (
        select(
            question.c.id, question.c.country, question.c.topics, question.c.language, question.c.state,
            question.c.urgency, question.c.received_at, question.c.promised_by, point.c.text,
        )
        .select_from(question.outerjoin(point, first))
        .where(is_open)
        .order_by(question.c.received_at, question.c.id)
        .limit(ROWS)
    )  # fmt: skip

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            counts = connection.execute(counted).all()
            return template.render(rows=connection.execute(oldest).all(), counts=counts)

    return app
