"""A reader who follows what is published by e-mail, and agreed; the worker's first letter is in the mailbox folder."""

from sqlalchemy import select

from ops.demo.world import World
from workflows.subscribers.followed import Followed
from workflows.subscribers.models import Subscriber
from workflows.subscribers.public import Change, Wish, ask_to_follow, change_list, listing
from workflows.subscribers.tokens import token_of

ADDRESS = "lectrice@example.org"


def load_reader(world: World) -> None:
    """Asked for a country, agreed, and added a topic of every country."""
    session, asked = world.session, world.ago(9)
    ask_to_follow(session, Wish(ADDRESS, Followed("COD", ""), "fr"), asked)
    token = token_of(session.scalars(select(Subscriber.id)).one())
    lines = frozenset(line.id for line in listing(session, token, asked).lines)
    change_list(session, token, Change(lines, lines, Followed("", "HEA"), "fr"), asked)
