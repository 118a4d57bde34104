"""No column without a class."""

from tests.canary.columns import TABLES
from workflows.tables import metadata


def test_every_column_of_every_table_is_classified_once() -> None:
    shared = {"region", "country", "topic", "facet", "published_excerpt", "published_version"}
    for table in metadata.sorted_tables:
        listed = [name for names in TABLES[table.fullname].values() for name in names.split()]
        assert len(listed) == len(set(listed)), table.fullname
        columns = set(table.columns.keys())
        assert columns <= set(listed), f"{table.fullname}: nobody thought of {sorted(columns - set(listed))}"
        if table.fullname not in shared:
            assert set(listed) == columns, f"{table.fullname} has no {sorted(set(listed) - columns)}"


def test_no_table_is_classified_that_is_not_there() -> None:
    assert set(TABLES) == {table.fullname for table in metadata.sorted_tables}


def test_sealed_columns_are_those_that_may_not_lie_open() -> None:
    for table, classes in TABLES.items():
        for kind, names in classes.items():
            for name in names.split():
                if kind.text:
                    assert name.endswith(("_sealed", "_shared")) == (not kind.at_rest), f"{table}.{name}"
