"""How good the search is: of a hundred and seventy searches with known right texts, how many of these come first."""

from sqlalchemy.orm import Session

from benchmarks.world import BenchWorld
from tests.judged import FIRST, judge, load, searches
from workflows.core import clock
from workflows.core.db import make_engine


def main(world: BenchWorld) -> None:
    """Add the judged texts to those that are there, and search."""
    today, engine = clock.today(), make_engine(world.owner_url)
    load(world.owner_url, today)
    asked = searches(today)
    print(f"\nFinding: {len(asked)} searches, recall among the first {FIRST} and mean reciprocal rank")
    with Session(engine) as session:
        for language in ("en", "fr", "nl", "ar"):
            quality = judge(session, [search for search in asked if search.language == language], today)
            print(f"  {language}  recall@{FIRST} {quality.recall:.2f}  MRR {quality.mrr:.2f}")
    engine.dispose()
