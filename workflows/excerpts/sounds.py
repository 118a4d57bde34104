"""How a word sounds, roughly and in any of our languages: what is written by ear is near what was meant.

Only for proposing words. "farmacie" and "pharmacie", "skool" and "school", "lojement" and "logement" sound the same.
"""

import re

MARK = "~"
"""Before a sound, so that it is no word."""
_SHORTEST = 3
_HEARD = tuple(
    (re.compile(written), said)
    for written, said in (
        ("sch|sk", "sk"), ("ph", "f"), ("sh", "ch"), ("ck|qu|q", "k"), ("ij", "i"), ("y", "i"), ("w", "v"), ("z", "s"),
        ("x", "ks"), ("c(?=[eiy])", "s"), ("g(?=[ei])", "j"), ("ti(?=on)", "si"), ("e?au", "o"), ("ou|oe", "u"),
        ("ai|ei|ae", "e"), ("e(?=[mn](?![aeiou]))", "a"), ("c(?!h)", "k"), ("(?<!c)h", ""), (r"(.)\1+", r"\1"),
        ("(?<=..)(e|[dtspx]+)$", ""),
    )
)  # fmt: skip
"""One after the other. What many readers of French or Dutch do not hear at the end of a word is left out."""


def sound(word: str) -> str:
    """The sound of a folded word behind a mark; nothing for one that is too short or not in Latin letters."""
    if not (word.isascii() and word.isalpha()):
        return ""
    for written, said in _HEARD:
        word = written.sub(said, word)
    return MARK + word if len(word) >= _SHORTEST else ""
