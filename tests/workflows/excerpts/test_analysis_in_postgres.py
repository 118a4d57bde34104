"""What Python makes of texts and queries is what PostgreSQL searches with."""

import random
from collections.abc import Iterator

import psycopg
import pytest

from workflows.excerpts.analysis import lexemes, query_lexemes

TEXT = "La Rue de la Loi à Kinshasa : l’insuline coûte 12,50 dollars; a@b.example, 1e5, क्षेत्र, أُسْتَاذ"
PIECES = [
    "'", '"', "\\", "&", "|", "!", "<->", ":*", "(", ")", "*", "médicaments", "l'eau", "rue", "de", "la", "«", "»", " ", "  ",
    "12", "1e5", "a_b", "x-y", "क्ष", "أُس", "１２", "ﬁ", "\u200c", "t\u0301", "½", "ª", "http://x.y/z", "a@b.c", "-1.5", "\x0b",
    "Ⅷ", "々", "🙂", "ß", "x" * 3000,
]  # fmt: skip


@pytest.fixture(scope="module")
def connection(server: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server, autocommit=True) as connection:
        yield connection


def found(connection: psycopg.Connection, text: str, language: str, query: str, *, prefix: bool = False) -> bool:
    statement = "SELECT to_tsvector('simple', %s) @@ to_tsquery('simple', %s)"
    return connection.execute(statement, (lexemes(text, language), query_lexemes(query, prefix=prefix))).fetchone()[0]


@pytest.mark.parametrize("language", ["fr", "en", "es"])
@pytest.mark.parametrize(
    "query",
    ['"rue de la loi"', "loi rue", "INSULINE", "l'insuline", '"12,50 dollars"', "a@b.example", "1e5", "क्षेत्र", "استاذ"],
)
def test_a_text_in_any_language_is_found_by_its_words_and_phrases(connection, language, query):
    assert found(connection, TEXT, language, query)


def test_a_phrase_needs_its_words_side_by_side(connection):
    assert not found(connection, TEXT, "fr", '"loi insuline"')
    assert found(connection, TEXT, "fr", "loi insuline")


def test_a_beginning_finds_its_word(connection):
    assert found(connection, TEXT, "fr", "kinsh", prefix=True)
    assert not found(connection, TEXT, "fr", "kinsh")


def test_nothing_that_can_be_typed_breaks_the_search_and_every_text_finds_itself(connection):
    chance = random.Random(1)
    for _ in range(800):
        typed = "".join(
            chance.choice(PIECES) if chance.random() < 0.8 else chr(chance.randrange(1, 0x3000))
            for _ in range(chance.randint(0, 8))
        )
        query = query_lexemes(typed, prefix=chance.random() < 0.5)
        words = connection.execute("SELECT numnode(to_tsquery('simple', %s))", (query,)).fetchone()[0]
        if words and lexemes(typed, "es") and not set(typed) & set('"«»'):
            assert found(connection, typed, "es", typed), typed
