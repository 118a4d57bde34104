"""The moves and reminders that time makes, found by the dates in the rows; nothing is ever scheduled for later."""

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from config import policy
from tasks.app import job
from tasks.sweep import Sweep, run
from tasks.world import World
from workflows.answers.clock import next_without_assignment, withdraw_unneeded
from workflows.answers.pausing import go_on, hold, next_to_go_on, next_to_hold
from workflows.answers.succession import hand_over, next_to_succeed
from workflows.assignments.clock import next_without_question, note_closed, revoke_unneeded
from workflows.assignments.pausing import promise_anew
from workflows.assignments.proposing import next_not_taken, propose_next
from workflows.core.actors import CLOCK
from workflows.core.lifecycle import Lifecycle, Move
from workflows.core.reminders import Ladder, Reminder, next_reminder, remind
from workflows.excerpts.planned import next_planned
from workflows.excerpts.recheck import draft_recheck
from workflows.lifecycles import LADDERS, LIFECYCLES
from workflows.replies.recall import publish_planned_and_tell
from workflows.requests.models import Question

Follow = Callable[[Session, Any, datetime], object]


def _note_closed(session: Session, question: Question, now: datetime) -> None:  # noqa: ARG001
    question.closed_at = now


# What a move of the clock, or a rung, does beyond telling people. After a silence only the newest rung is made, so each
# rung from the first that matters is named.
FOLLOWS: dict[str, tuple[Follow, ...]] = {
    "question.give_up_waiting": (_note_closed,),
    "question.close": (_note_closed,),
    "assignment.lapse": (note_closed,),
    "assignment.submission/late": (promise_anew,),
    "assignment.submission/later": (promise_anew,),
    "assignment.submission/very_late": (promise_anew,),
    "excerpt.freshness/out_of_date": (draft_recheck,),
    "excerpt.freshness/still_out_of_date": (draft_recheck,),
    "excerpt.freshness/expired": (draft_recheck,),
}


@job
def sweep(world: World) -> int:
    """Make every move and give every reminder that is due; how many rows were worked on."""
    return sum(run(world, one, policy.DEADLINES_PER_SWEEP) for one in SWEEPS)


def moves_due(lifecycle: Lifecycle, move: Move) -> Sweep[Any]:
    """The sweep of one move that time makes."""
    name = f"{lifecycle.name}.{move.name}"

    def act(session: Session, row: Any, now: datetime) -> None:
        lifecycle.fire(session, CLOCK, row, move.name, now)
        _follow(name, session, row, now)

    return Sweep(name, lambda session, now: lifecycle.next_due(session, move.name, now), act, attrgetter("id"))


def reminders_due(ladder: Ladder) -> Sweep[Reminder]:
    """The sweep of one ladder."""

    def act(session: Session, reminder: Reminder, now: datetime) -> None:
        reminded = remind(session, ladder, reminder, now)
        if reminded is not None:
            row, event = reminded
            _follow(f"{ladder.name}/{event.codes['rung']}", session, row, now)

    return Sweep(ladder.name, lambda session, now: next_reminder(session, ladder, now), act, attrgetter("object_id"))


def _follow(name: str, session: Session, row: Any, now: datetime) -> None:
    for follow in FOLLOWS.get(name, ()):
        follow(session, row, now)


# What stopped or stands still is seen to before anybody is reminded of it.
SWEEPS: tuple[Sweep[Any], ...] = (
    Sweep("question.take_over", next_to_succeed, hand_over, attrgetter("id")),
    Sweep("assignment.revoke", next_without_question, revoke_unneeded, attrgetter("id")),
    Sweep("answer.withdraw", next_without_assignment, withdraw_unneeded, attrgetter("id")),
    Sweep("assignment.hold", next_to_hold, hold, attrgetter("id")),
    Sweep("assignment.go_on", next_to_go_on, go_on, attrgetter("id")),
    *(moves_due(lifecycle, move) for lifecycle in LIFECYCLES for move in lifecycle.clock_moves),
    *(reminders_due(ladder) for ladder in LADDERS),
    Sweep("assignment.propose", next_not_taken, propose_next, attrgetter("id")),
    Sweep("excerpt_version.publish_on_the_day", next_planned, publish_planned_and_tell, attrgetter("id")),
)
