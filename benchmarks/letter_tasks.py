"""What letters are measured against: a Celery task of its own for each letter, in the same worker and with our words.

It is spared what a design of that kind need not do: no lease, one transaction, nothing but the identifier in the tick.
"""

from uuid import UUID

from tasks.app import app
from tasks.world import the_world
from workflows.core import clock
from workflows.notices import send as sending


@app.task(name="benchmarks.one_letter")
def one_letter(letter: str) -> None:
    """Write this letter, open a line to the mail server, hand it over, mark it."""
    world = the_world()
    with world.begin() as session, world.mailbox() as mailbox:
        parcel = sending.write(session, [UUID(letter)], world.office, clock.now()).get(UUID(letter))
        if parcel is not None:
            mailbox.hand_over(parcel.message, parcel.to)
            sending.mark_sent(session, UUID(letter), clock.now())
