"""The one filter field of the queue: `country:COD topic:health late:yes` and words, in three languages, forgiving."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from babel import Locale
from flask_babel import gettext as _

from web_kit.language import current
from webapp.desk.vocabulary import Vocabulary
from workflows.replies.triage_views import Wanted

LONGEST_CODE = 3
TOKEN = re.compile(r'([^\s:"]+):\s*(?:"([^"]*)"?|(\S*))|"([^"]*)"?|(\S+)')
KEYS = {
    "country": ("country", "pays", "land"),
    "topic": ("topic", "theme", "sujet", "onderwerp", "thema"),
    "language": ("language", "lang", "langue", "taal"),
    "late": ("late", "retard", "laat"),
    "urgent": ("urgent", "urgence", "dringend"),
}
MEANT = {plain: key for key, words in KEYS.items() for plain in words}
MOVED = ("country", "topic", "language")
"""These have a select beside the field, where they stand once they were understood."""
ANSWERS = dict.fromkeys(("yes", "oui", "ja"), True) | dict.fromkeys(("no", "non", "nee"), False)


@dataclass(frozen=True)
class Understood:
    """What the field meant: the narrowed wish, what stays in the field, and what nobody understood, in words."""

    wanted: Wanted
    text: str = ""
    problems: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether anything but the view keeps questions out."""
        return bool(self.text or any(getattr(self.wanted, key) for key in MOVED))


def understand(text: str, wanted: Wanted, words: Vocabulary) -> Understood:
    """Read the field over the wish that the selects beside it make; what the field says wins."""
    topics = [*(group.code for group in words.groups), *words.topics]
    readers: Mapping[str, Callable[[str], Any]] = {
        "country": lambda said: _code(said, _called(words, words.countries)),
        "topic": lambda said: _code(said, _called(words, topics)),
        "language": _language,
        "late": lambda said: ANSWERS.get(plain(said)),
        "urgent": lambda said: ANSWERS.get(plain(said)),
    }
    stays, problems, free = [], [], []
    for whole, label, said in _parts(text):
        key = MEANT.get(plain(label), "")
        found = readers[key](said) if key else None
        if not label:
            free += [said] if said else []
        elif found is None:
            problems.append(_problem(label, key, said))
        else:
            wanted = replace(wanted, **{key: found})
        if key not in MOVED or found is None:
            stays.append(whole)
    return Understood(replace(wanted, words=tuple(free)), " ".join(stays), tuple(problems))


def plain(text: str) -> str:
    """Small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Each part as it was typed, what stands before its colon, and what is said."""
    for part in TOKEN.finditer(text):
        label, *said = part.groups(default="")
        yield part[0], label, "".join(said).strip()


def _called(words: Vocabulary, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What each code is called: its name in the language of the page, and in English."""
    return {code: (words.name(code), words.english.get(code, "")) for code in codes}


def _code(said: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """The code that is meant: itself, a name, the beginning of one, or a part of one; in this order."""
    wanted = plain(said)
    known = {code: [plain(name) for name in called] for code, called in names.items()}
    exact = [code for code, called in known.items() if wanted in (plain(code), *called)]
    begun = [code for code, called in known.items() if any(name.startswith(wanted) for name in called)]
    within = [code for code, called in known.items() if any(wanted in name for name in called)]
    return next(iter(exact + begun + within), None) if wanted else None


def _language(said: str) -> str | None:
    """Its code, or its name in the language of the page or in English, for the languages that have a name there."""
    here, english = Locale.parse(current()).languages, Locale.parse("en").languages
    return _code(
        said, {code: (name, english.get(code, "")) for code, name in here.items() if len(code) <= LONGEST_CODE}
    )


def _problem(label: str, key: str, said: str) -> str:
    if key in {"late", "urgent"}:
        return _("After “%(key)s:” write yes or no.", key=label)
    if key:
        return _("We do not know “%(said)s” as a %(key)s. Choose from the list beside the field.", said=said, key=label)
    return _("We do not know “%(key)s:”. Use country, topic, language, late or urgent.", key=label)
