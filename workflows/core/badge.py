"""What a state looks like beside its word, for every slice that names its states."""

from typing import NamedTuple


class Badge(NamedTuple):
    """A state as people see it: tone and glyph of the look, and a marked word."""

    tone: str
    icon: str
    word: str
