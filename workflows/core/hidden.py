"""Characters that nobody sees: controls that turn text around, zero-width marks, and what XML cannot hold."""

import re

# What nearly every text consists of: nothing in it to look at twice.
_PLAIN = re.compile("[ -~\n\t\u00a0-\u00ac\u00ae-\u034e\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, except tab and line ends
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f"  # soft hyphen, joiners without a script, direction marks
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # embeddings, overrides, isolates, word joiners, annotations
    "\u3164\uffa0\ufe00-\ufe0f"  # fillers, variation selectors
    "\ufffe\uffff\ud800-\udfff"  # not characters at all
    "\U000e0000-\U000e01ef"  # tags and more variation selectors
    "]"
)
# Scripts that change their letters' shapes or meaning with a joiner: Arabic and its neighbours, and those of India.
_JOINING = "\u0600-\u07ff\u0840-\u08ff\u0900-\u0dff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_STRAY_JOINER = re.compile(
    f"(?<![{_JOINING}])[\u200c\u200d]"  # outside those scripts
    f"|\u200c(?![{_JOINING}])"  # a non-joiner that parts nothing
    "|\u200d(?=[\u200c\u200d])"  # a run of joiners
)


def strip_hidden(text: str) -> str:
    """The text without anything invisible, joiners kept where a script needs them; doing it twice changes nothing."""
    if _PLAIN.fullmatch(text):
        return text
    text = _INVISIBLE.sub("", text)
    return _STRAY_JOINER.sub("", text) if "\u200c" in text or "\u200d" in text else text


def plain_text(text: str | None) -> str:
    """What somebody typed, without anything invisible, line ends as one sign, nothing around it."""
    return strip_hidden((text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()
