"""Finds what points to a person in a question, and suggests neutral words; a person decides, this only warns.

It reads text and returns spans: no database, no network, nothing of the other slices.
"""

from workflows.depersonalise.find import find, find_in_points, name_words
from workflows.depersonalise.kinds import STRUCTURED, Finding, Kind
from workflows.depersonalise.marking import Segment, in_other_words, mark_up, with_suggestions
from workflows.depersonalise.rare import Rare, rare_combination, too_wide

__all__ = [
    "STRUCTURED",
    "Finding",
    "Kind",
    "Rare",
    "Segment",
    "find",
    "find_in_points",
    "in_other_words",
    "mark_up",
    "name_words",
    "rare_combination",
    "too_wide",
    "with_suggestions",
]
