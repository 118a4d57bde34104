"""What belongs together stays together wherever a text is shown: numbers in groups, their units, French marks.

Somebody writes “+243 81 000 00 00” with the spaces of their keyboard. At the end of a line it is torn; and in Arabic,
where every space takes the direction of its line, it is shown back to front: “00 00 000 81 243+”. Nothing that is typed
may say otherwise, since signs that turn a text round are taken out of it (`hidden.py`). So we say it as we show it.

Never stored: what is searched, compared and edited again stays as it was typed.
"""

import re

_SIGNS = "-/.,:'\u2019\u066b\u066c\u2010\u2011"
_SPACES = " \u00a0\u202f"
_PARTING = rf"(?:[{_SPACES}]?\(0\)[{_SPACES}]?|[{_SIGNS}{_SPACES}])"
_BEFORE = r"[A-Za-z\u00c0-\u024f\d/.=&%#?@_+-]"
NUMBER = re.compile(rf"[+\d](?<!{_BEFORE}.)(?:(?<=\+)\d+(?:{_PARTING}\d+){{0,7}}|(?<=\d)\d*(?:{_PARTING}\d+){{1,7}})")
"""A number of several groups, or after a plus: a price, a date, a telephone number; no part of an address.

This and what is bound below begin with the signs to look for: a page shows hundreds of texts, most without any.
No dash of a range: from right to left “5–10” is read like its line, the smaller number first.
"""
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_OWN_DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9]+")
_BOUND = re.compile(
    " (?:"
    r"(?<=\d )(?=[€$£¥%°]|[A-Z]{2,3}\b)|(?<=\b[A-Z]{3} )(?=\d)"  # a number and its unit
    r"|(?=[:;?!»]+(?!\w))|(?<=« )"  # French marks
    ")"
)
_NEITHER = re.compile(r"[^\d:;?!»«]*+")
"""Text without a digit or a French mark: nothing to bind, and most of what a page shows."""
_NO_BREAK = "\u00a0"
_LTR_ISOLATE, _END = "\u2066", "\u2069"


def together(text: str, *, rtl: bool | None = None) -> str:
    """The text as it is shown: no line ends within what belongs together, and each number runs from left to right.

    `rtl` is whether it stands in a line from right to left; unless told, whether it has a letter of such a script.
    Doing it twice changes nothing.
    """
    if _NEITHER.fullmatch(text):
        return text
    text = _BOUND.sub(_NO_BREAK, text)
    turned = RIGHT_TO_LEFT.search(text) is not None if rtl is None else rtl
    return NUMBER.sub(_isolated if turned else _whole, text)


def _whole(number: re.Match[str]) -> str:
    return number[0].replace(" ", _NO_BREAK)


def _isolated(number: re.Match[str]) -> str:
    """In an isolate, not between marks: a first mark would decide the direction of a paragraph that finds its own.

    Arabic digits run from right to left group by group wherever they are, unless each group is one of its own.
    """
    if number.string[number.start() - 1 : number.start()] == _LTR_ISOLATE:
        return number[0]
    groups = _OWN_DIGITS.sub(lambda group: f"{_LTR_ISOLATE}{group[0]}{_END}", _whole(number))
    return f"{_LTR_ISOLATE}{groups}{_END}"
