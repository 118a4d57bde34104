"""Files that partners sent, tried with the public site's own database credentials: what is published, and no more."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.orm import Session

from tests.database import DatabaseUrls
from tests.factories import make_attachment
from tests.published import make_published
from tests.reviews import submitted
from workflows.excerpts.published_files import PublishedFile

FILE = b"%PDF-published"


@pytest.fixture
def public(database: DatabaseUrls, clean: None) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.public_url, autocommit=True) as connection:
        yield connection


def with_file(scene: Session, **values) -> str:
    ref = make_published(scene, **values)
    row = make_attachment(scene, submitted(scene).answer, state="released", sent_in=1)
    scene.add(PublishedFile(ref=ref, number=1, name="document-1.pdf", attachment_id=row.id, media="application/pdf",
                            data=FILE))  # fmt: skip
    scene.commit()
    return ref


def seen(public: psycopg.Connection) -> list[tuple[str, bytes]]:
    return public.execute("select ref, data from published_file").fetchall()


def test_it_reads_the_file_of_a_published_text(public: psycopg.Connection, scene: Session) -> None:
    ref = with_file(scene)
    assert seen(public) == [(ref, FILE)]


@pytest.mark.parametrize("state", ["on_hold", "withdrawn", "retracted"])
def test_it_reads_no_file_of_a_text_that_is_held_or_taken_back(
    public: psycopg.Connection, scene: Session, state: str
) -> None:
    with_file(scene, state=state)
    assert seen(public) == []


def test_it_reads_no_file_of_a_text_that_was_never_published(public: psycopg.Connection, scene: Session) -> None:
    with_file(scene)
    scene.execute(PublishedFile.__table__.update().values(ref="COD-HEA-9999"))
    scene.commit()
    assert seen(public) == []


@pytest.mark.parametrize("statement", [
    "select attachment_id from published_file", "select * from published_file", "select clean_sealed from attachment",
    "select public_title from attachment", "select id from attachment", "update published_file set data = ''",
    "insert into published_file (ref, number, name, media) values ('X', 1, 'x', 'x')", "delete from published_file",
    "select data from published_file for update",
])  # fmt: skip
def test_it_neither_reads_whose_file_it_is_nor_reaches_what_partners_sent(
    public: psycopg.Connection, scene: Session, statement: str
) -> None:
    with_file(scene)
    with pytest.raises(errors.InsufficientPrivilege):
        public.execute(statement)


def test_no_other_site_than_the_desk_reads_it(database: DatabaseUrls, scene: Session) -> None:
    with_file(scene)
    for url in (database.portal_url, database.caseload_url):
        with psycopg.connect(url) as site, pytest.raises(errors.InsufficientPrivilege):
            site.execute("select data from published_file")
