"""What keeps the house in order: the seals over the history, and old envelopes thrown away."""

from datetime import date, timedelta
from operator import attrgetter

from sqlalchemy import delete, select

from config import policy
from tasks.app import job
from tasks.schedule import PERIODS
from tasks.sweep import Sweep, run
from tasks.world import World
from workflows.accounts.upkeep import forget_former_addresses, tidy_logins
from workflows.answers.attachment_clock import forget_files
from workflows.answers.draft_history import forget_drafts
from workflows.answers.never_published import forget_content
from workflows.answers.unsent import forget_unsent, next_unsent
from workflows.answers.word_uploads import forget_word_uploads
from workflows.assignments.ask_instead import forget_hints
from workflows.core import clock
from workflows.core.calendars import HELPDESK
from workflows.core.chain import seal_events
from workflows.core.heartbeat import Heartbeat
from workflows.core.set_aside import SetAside
from workflows.excerpts.champions import choose_champions, count_first, keep_ready, made_ready_on, make_next_ready
from workflows.excerpts.never_published import next_never_published
from workflows.excerpts.published_words import forget_words
from workflows.excerpts.publishing import index_again
from workflows.excerpts.reports import forget_report_texts
from workflows.excerpts.tally import forget_tallies
from workflows.excerpts.writes import fold_writes
from workflows.notices.models import Delivery, Letter, LetterState
from workflows.replies.clock import forget, next_to_forget
from workflows.subscribers.clock import forget_unconfirmed

RECENT = timedelta(days=1)
FORGET = Sweep("request.forget", next_to_forget, forget, attrgetter("id"))
FORGET_UNSENT = Sweep("answer.forget_unsent", next_unsent, forget_unsent, attrgetter("id"))
FORGET_CONTENT = Sweep("answer.forget_content", next_never_published, forget_content, attrgetter("id"))


@job
def seal(world: World) -> None:
    """Add the events of the last day to the hash chain."""
    with world.begin() as session:
        seal_events(session, policy.EVENTS_SEALED_PER_SWEEP, since=clock.now() - RECENT)


@job
def ready(world: World) -> None:
    """Count the texts, and make the frequent searches of a large library ready, with what changed since."""
    until, today = clock.now() + policy.SWEEP_LONGEST, clock.today()
    with world.begin() as session:
        count_first(session, today)
    with world.begin() as session:
        if not made_ready_on(session, today):
            choose_champions(session)
    while True:
        with world.begin() as session:
            if not keep_ready(session, today) or clock.now() >= until:
                break
    with world.begin() as session:
        fold_writes(session)
    while clock.now() < until:
        with world.begin() as session:
            if not make_next_ready(session, today):
                return


@job
def tidy(world: World) -> None:
    """Seal what was overlooked, erase what is over and was kept long enough, forget old letters, forms and log-ins."""
    now = clock.now()
    with world.begin() as session:
        seal_events(session, policy.EVENTS_SEALED_PER_SWEEP)
    with world.begin() as session:
        old = (Letter.state != LetterState.WAITING, Letter.created_at < now - timedelta(days=policy.LETTERS_KEPT_DAYS))
        session.execute(delete(Delivery).where(Delivery.letter_id.in_(select(Letter.id).where(*old))))
        session.execute(delete(Letter).where(*old))
    with world.begin() as session:
        session.execute(delete(SetAside).where(SetAside.until < now - RECENT))
        session.execute(delete(Heartbeat).where(Heartbeat.job.not_in(PERIODS)))
    with world.begin() as session:
        tidy_logins(session, now)
        forget_former_addresses(session, now)
        forget_tallies(session, (now - timedelta(days=policy.SEARCH_TALLIES_KEPT_DAYS)).date())
        forget_report_texts(session, now)
        forget_files(session, now)
        forget_drafts(session, now)
        forget_hints(session, now)
        forget_word_uploads(session, now)
        forget_unconfirmed(session, now)
    keep_search(world, HELPDESK.local_day(now))
    run(world, FORGET, policy.DEADLINES_PER_SWEEP)
    run(world, FORGET_UNSENT, policy.DEADLINES_PER_SWEEP)
    run(world, FORGET_CONTENT, policy.DEADLINES_PER_SWEEP)


def keep_search(world: World, today: date) -> None:
    """Index texts anew that another release indexed, and forget words that no text holds any more."""
    with world.begin() as session:
        index_again(session, policy.TEXTS_INDEXED_PER_SWEEP)
    with world.begin() as session:
        forget_words(session, today)
