"""Letters to those who follow what is published: the one that asks, and once a day the one that says there is news."""

from operator import attrgetter

from config import policy
from tasks.app import job
from tasks.sweep import Sweep, run
from tasks.world import World
from workflows.subscribers import clock

ASK = Sweep("subscriber.ask", clock.next_to_ask, clock.ask, attrgetter("id"))
TELL = Sweep("subscriber.tell", clock.next_to_tell, clock.tell, attrgetter("id"))


@job
def tell(world: World) -> int:
    """Ask those whose letter is due, then look for news for each whose days are not told; how many were seen to."""
    return run(world, ASK, policy.DEADLINES_PER_SWEEP) + run(world, TELL, policy.DEADLINES_PER_SWEEP)
