"""Any number of invented questions, straight into the tables: for measuring the desk, never for showing."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

SPREAD = Path(__file__).with_suffix(".sql").read_text()
OFFICERS = 3
TABLES = "request, question, question_point, assignment, assignment_point, answer, answer_point, event, staff"


def seed_questions(url: str, number: int, today: date) -> None:
    """Add so many questions, as of this day; `url` is the owner's. The tables are vacuumed and analysed at the end."""
    with psycopg.connect(url, autocommit=True) as house:
        with house.transaction():
            house.execute("select set_config('terrain.wanted', %s, true)", [str(number)])
            house.execute("select set_config('terrain.today', %s, true)", [today.isoformat()])
            house.execute(SPREAD.encode())
        house.execute(f"vacuum (analyze) {TABLES}")


def make_people(url: str) -> UUID:
    """A partner, and officers who are editors and managers too; gives the first one."""
    officers = [uuid4() for _number in range(OFFICERS)]
    with psycopg.connect(url, autocommit=True) as house:
        house.execute(
            "insert into partner_organisation (id, version, name, countries, languages, timezone, calendar, active)"
            " values (%s, 1, 'Measured', '{COD}', '{fr}', 'Africa/Kinshasa', 'CD', true)",
            [uuid4()],
        )
        for number, officer in enumerate(officers):
            house.execute(
                "insert into staff (id, name, language, timezone, calendar, active, roles)"
                " values (%s, %s, 'en', 'Europe/Brussels', 'BE', true, '{officer,editor,manager}')",
                [officer, f"Officer {number}"],
            )
    return officers[0]
