"""Two editors at one draft, in every order that chance finds: no text is lost, and none is published unread."""

from random import Random

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.excerpts import drafted
from tests.factories import make_staff
from tests.workflows.excerpts.interleaving import Person, Table, read_at
from workflows.core.actors import Role
from workflows.core.sealed import Keyring
from workflows.excerpts.models import ExcerptVersion, KeptText, PublishedExcerpt

STEPS = 5


def _played(scene: Session, engine: Engine, keys: Keyring, seeds: range) -> list[Table]:
    """That many drafts, each by one of two editors, each played to its end."""
    people = [make_staff(scene, Role.EDITOR) for _ in range(2)]
    drafts = [drafted(scene, people[seed % 2]) for seed in seeds]
    scene.commit()
    tables = []
    for seed, draft in zip(seeds, drafts, strict=True):
        first, second = people
        table = Table(engine, keys, draft.id, (Person(first), Person(second)))
        table.play(Random(seed), STEPS, together=seed % 10 == 0)
        tables.append(table)
    scene.expire_all()
    return tables


def _check(scene: Session, table: Table) -> None:
    kept = scene.execute(
        select(KeptText.row_version, KeptText.content["title"].astext)
        .where(KeptText.version_id == table.version_id)
        .order_by(KeptText.row_version)
    ).all()
    titles = [title for _version, title in kept]
    assert titles[1:] == sorted((title for title, _ in table.saved), key=titles.index)
    assert not set(table.refused) & set(titles)
    for title, read in table.saved:
        assert titles[titles.index(title) - 1] == read, "a text was saved over one that its writer had not read"
    row = scene.get(ExcerptVersion, table.version_id)
    assert row.title == titles[-1]
    assert len(table.approved) == (row.state == "published")
    for approver, read in table.approved:
        assert row.title == read == read_at(scene, row.id, row.version)
        assert approver not in {row.author_id, *row.co_author_ids}


def test_no_text_is_lost_in_a_hundred_interleavings(scene: Session, desk_engine: Engine, keys: Keyring) -> None:
    tables = _played(scene, desk_engine, keys, range(100))
    for table in tables:
        _check(scene, table)
    assert sum(len(table.saved) for table in tables) > 50
    assert sum(len(table.refused) for table in tables) > 20
    assert len(scene.scalars(select(PublishedExcerpt.ref)).all()) == sum(len(table.approved) for table in tables) > 0


@pytest.mark.crash
def test_no_text_is_lost_in_a_thousand_interleavings(scene: Session, desk_engine: Engine, keys: Keyring) -> None:
    for start in range(100, 1_100, 100):
        for table in _played(scene, desk_engine, keys, range(start, start + 100)):
            _check(scene, table)
        scene.expunge_all()
