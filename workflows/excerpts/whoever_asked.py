"""The names of those whose questions a text is written from, to look for them in whatever readers will get."""

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.answers.models import Answer
from workflows.depersonalise import too_wide
from workflows.depersonalise.reading import bare
from workflows.requests.models import Question
from workflows.requests.neutral import names_in


def names_of_whoever_asked(session: Session, answers: Select[object], today: date) -> frozenset[str]:
    """The names that the originals of these answers' questions give away, and of those merged into them; one statement.

    Opened to be compared, never to be shown; none of an original that is erased. A place where very many live names
    nobody, nor does the place of a question that an officer read; of one that was merged it stands as it was typed.
    """
    asked = select(Answer.question_id).where(Answer.id.in_(answers))
    behind = or_(Question.id.in_(asked), Question.merged_into_id.in_(asked))
    rows = session.scalars(select(Question).where(behind).options(joinedload(Question.split_from))).all()
    return frozenset().union(*(_names(row, today) for row in rows))


def _names(question: Question, today: date) -> frozenset[str]:
    said = "" if question.merged_into_id else question.place or ""
    places = too_wide() | {bare(word) for word in said.split()}
    names = names_in(question.written, question.language, today)
    return frozenset(name for name in names if bare(name) not in places)
