"""The texts of a country sheet as HTML, the same for readers and for those who approve it."""

from functools import lru_cache

from flask_babel import gettext as _
from markupsafe import Markup

from workflows.core.markdown import render
from workflows.sheets.reading import ReadItem

LOWEST_HEADING = 4


def prose(item: ReadItem) -> Markup:
    """The text below its title; source marks lead to the list of the whole sheet."""
    return _rendered(item.text.body, item.sources, _("Table: %(title)s", title=item.text.title), _("Source"))


def unmarked(item: ReadItem) -> tuple[int, ...]:
    """The numbers of its sources to which no mark in the text leads."""
    words = prose(item)
    return tuple(number for number in item.sources if f'href="#s{number}"' not in words)


@lru_cache(maxsize=2048)
def _rendered(body: str, numbers: tuple[int, ...], table_label: str, source_label: str) -> Markup:
    """A frozen text never changes, so that its HTML may be kept."""
    return render(body, numbers=numbers, top=LOWEST_HEADING, table_label=table_label, source_label=source_label)
