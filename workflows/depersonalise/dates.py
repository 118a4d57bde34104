"""Dates that point to a person: births, which leave an age band behind, and journeys with their flights."""

import re
from collections.abc import Iterator
from datetime import date

from workflows.depersonalise.kinds import Hit, Kind
from workflows.depersonalise.words import any_of, found

_OLD_YEARS = 12
"""A full date further back than this is taken for a birth even when nothing says so."""

_MONTHS = (
    "jan(?:uary|uari|vier|v)?",
    "f[eé][bv](?:ruary|ruari|rier|r)?",
    "mar(?:ch|s)?|m(?:aart|rt)",
    "a[pv]r(?:il)?",
    "ma[iy]|mei",
    "jun[ei]?|juin",
    "jul[yi]?|juillet|juil",
    "aug(?:ust|ustus)?|ao[uû]t",
    "sept?(?:ember|embre)?",
    "o[ck]t(?:ober|obre)?",
    "nov(?:ember|embre)?",
    "d[eé]c(?:ember|embre)?",
)
_MONTH = r"(?:" + "|".join(f"(?:{month})" for month in _MONTHS) + r")(?![^\W_])\.?"
_MONTH_OF = [re.compile(f"(?:{month})$", re.IGNORECASE) for month in _MONTHS]
_DAY = r"\d{1,2}(?:er|ère|st|nd|rd|th|ste|de|e)?"
DATE = (
    r"(?<!\d)(?:\d{1,2}[ ]?[./-][ ]?\d{1,2}[ ]?[./-][ ]?(?:\d{4}|\d{2})(?![./-]?\d)|(?:19|20)"
    r"\d\d[./-]\d{1,2}[./-]\d{1,2}(?![./-]?\d)"
    rf"|{_DAY}[ -](?:of[ ])?{_MONTH}(?:,?[ -]?(?:\d{{4}}|'\d{{2}})(?!\d))?|{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|"
    rf"th)?(?!\d)(?:,?[ ]\d{{4}}(?!\d))?)"
)
_PLAIN_DATE = re.compile(r"(?<![^\W_])(?<!\d[./-])" + DATE, re.IGNORECASE)
_YEAR = r"(?:19|20)\d\d(?![\d/-])"
_BORN = found(
    r"(?:n[ée]+(?:\(e\)|·e|\.e|-e)?s?|geboren|geb\.?|geboortedatum|geboortejaar|born|birth[ ]?dates?|"
    r"date[ ]of[ ]birth|d\.?o\.?b\.?|"
    r"date[ ]de[ ]naissance|naissance|birthday|anniversaire|verjaardag|verjaart|ddn|gebdat)(?![^\W_])"
)
_BIRTH_SIGN = re.compile(rf"(?<![nN\w])[°*†][ ]?(?P<date>{DATE}|{_YEAR})", re.IGNORECASE)
_FILLED = re.compile(rf"(?P<filler>[^\d\n;?!\[\]]{{0,40}}?)(?P<date>{DATE}|{_YEAR})", re.IGNORECASE)
_BARE_NE = re.compile(r"nee?s?$", re.IGNORECASE)
_SINCE = found(r"(?:after|before|since|apr[èe]s|avant|depuis|na|voor|v[óo][óo]r|sinds|until|jusqu'en|tot)(?![^\W_])")
_SINCE_JUST = found(
    r"(?:since|sinds|depuis|until|jusqu'au|tot|before|after|apr[èe]s|avant|na|voor)[ ](?:le[ ]|het[ ])?$"
)
"""Nobody is "since" the day of a birth: the day is that of an event."""

_LAW = found(
    r"(?:loi|wet|law|act|d[ée]cret|arr[êe]t[ée]|decreet|besluit|r[èe]glement|regulation|decree|constitution|"
    r"code|conven\w{0,6}|accord|directive|richtlijn|verordening|grondwet)(?![^\W_])"
)

_GOES = any_of(
    "leaves? leaving left depart(?:s|ed|ing|ure)? flies fly flying flew travel(?:s|led|ling)? arriv(?:e|es|"
    "ed|al|ing) return(?:s|ed|ing)? go(?:es|ing)?_back",
    "part(?:ira|irai|irons|iront|irez|ons|ent|ez|ir|i|ie|is)? pars d[ée]part quitt(?:e|era|ons|ent|er|é|ée) "
    "rentr(?:e|era|erons|ons|ent|er|é|ée)",
    "retour retourn(?:e|era|ons|ent|er|é|ée) arriv(?:ons|ent|era|er|é|ée|ée?s)? s'envole voyag(?:e|era|er|"
    "eons) embarqu(?:e|era|er)",
    "vertrek(?:t|ken)? vertrok(?:ken)? vlieg(?:t|en)? reis(?:t|de)? keer(?:t|de|en)? terugkeer terugkeert "
    "terugreis aankomst aangekomen arriveer(?:t|de)?",
    "flight vlucht vol removal expulsion uitzetting repatriation rapatriement repatri[ëe]ring",
)  # fmt: skip
_WHO = (
    r"(?:(?:(?:my|our|the|ma|mon|la|le|mijn|onze|de|het)[ ])?(?:cli[ëe]nte?|patiente?|family|famille|familie|"
    r"gezin|she|he|we|they|i|elle|il|nous|ils|elles|on|je|ze|zij|hij|wij|ik)[ ])?"
)
_GAP = r"[^\d\n.;?!:]{0,50}?"
_FLOWN_ON = re.compile(rf"(?<=\d)[ ](?:on|le|op)[ ]{DATE}", re.IGNORECASE)
_LEAVES_ON = found(rf"{_WHO}{_GOES}(?![^\W_]){_GAP}{DATE}")
_ON_LEAVES = found(rf"(?:(?:on|le|op|the)[ ])?{DATE}(?:[ ][^\W\d_]{{1,12}})?[ ](?:{_GOES})(?![^\W_])")
_FLIGHT = re.compile(
    r"(?<![^\W_])(?i:(?:met|avec|with|on|par|by|sur|op|via|per|dans|in)[ ])?(?i:(?:de|le|the|het|un|a|een|sa|"
    r"son|haar|zijn|her|his|mijn|my|mon)[ ])?"
    r"(?:(?i:vlucht|flight|vol|flt)(?i:nummer|nr\.?|[ ]?n°|[ ]nr\.?|[ ]number|[ ]no\.?|"
    r"[ ]numéro)?[ ]?:?[ ]?(?:[A-Z]{2,3}|[A-Z]\d|\d[A-Z]|(?i:SN|TK|ET|AT|KQ|QR|EK|TP|LH|KL|AF|RAM)(?=[ -]?\d))"
    r"[ -]?(?:\d{1,4}(?!\d)|…|\.{3}|(?![^\W_]))"
    r"|(?:SN|TK|ET|KQ|QR|EK|TP|W6|LH|KL|AF|RO|OS|PC|MS|HU|LX|BA|RAM)[ ]?\d{3,4}(?![^\W_])"
    r"|(?i:(?<=with )|(?<=met )|(?<=avec )|(?<=flight ))(?i:SN|TK|ET|AT|KQ|QR|EK|TP|LH|KL|AF|RAM)[ ]?\d{3,4}(?![^\W_]))"
)


def plain_dates(text: str) -> Iterator[re.Match[str]]:
    """Every date written in full, or as a day and a month."""
    return _PLAIN_DATE.finditer(text)


def births(text: str, today: date) -> Iterator[Hit]:
    """Dates and years of birth, with the age they give, and full dates too old to be about anything else."""
    for cue in _BORN.finditer(text):
        rest = _FILLED.match(text, cue.end())
        if rest and _belongs(cue[0], rest["filler"], rest["date"]):
            yield _birth(cue.start(), rest.end(), rest["date"], today)
    for sign in _BIRTH_SIGN.finditer(text):
        yield _birth(sign.start(), sign.end(), sign["date"], today)
    for plain in _PLAIN_DATE.finditer(text):
        year = year_of(plain[0], today)
        enclosed = text[plain.start() - 1 : plain.start()] == "(" and text[plain.end() : plain.end() + 1] == ")"
        if (
            year
            and (enclosed or year <= today.year - _OLD_YEARS)
            and not _LAW.search(text, max(0, plain.start() - 45), plain.start())
            and not _SINCE_JUST.search(text, max(0, plain.start() - 20), plain.start())
        ):
            yield _birth(plain.start(), plain.end(), plain[0], today)


def _belongs(cue: str, filler: str, written: str) -> bool:
    """Whether the date after "born" is the birth: "ne" may be French for "not", "born after 2015" is a rule."""
    if _BARE_NE.match(cue) and filler.strip() not in {"le", "en", ""}:
        return False
    return not (_SINCE.search(filler) and len(written) == 4)


def _birth(start: int, end: int, written: str, today: date) -> Hit:
    year = year_of(written, today)
    ages = (_age(written, year, today),) if year else ()
    return Hit(start, end, Kind.BIRTH_DATE, ages=ages)


def _age(written: str, year: int, today: date) -> int:
    month, day = _month_and_day(written)
    return today.year - year - ((today.month, today.day) < (month, day))


def _month_and_day(written: str) -> tuple[int, int]:
    """What the date says of both; the first of January when it says nothing."""
    numbers = [int(number) for number in re.findall(r"\d{1,4}", written)]
    names = re.findall(r"[^\W\d_]{3,}", written)
    for number, month in enumerate(_MONTH_OF, start=1):
        if any(month.match(name) for name in names):
            return number, next((part for part in numbers if part <= 31), 1)
    if len(numbers) < 3:
        return 1, 1
    day, month_number = (numbers[2], numbers[1]) if numbers[0] > 31 else (numbers[0], numbers[1])
    return (day, month_number) if month_number > 12 else (month_number, day)


def year_of(written: str, today: date) -> int | None:
    """The year a date names, two figures counting as the latest such year not after today; None without one."""
    whole = re.search(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", written)
    if whole:
        return int(whole[0]) if int(whole[0]) <= today.year else None
    short = re.search(r"(?:[./-][ ]?|')(\d{2})$", written)
    if not short:
        return None
    year = today.year - today.year % 100 + int(short[1])
    return year if year <= today.year else year - 100


def journeys(text: str) -> Iterator[Hit]:
    """Days of departure or arrival with the verb that makes them so, and flight numbers."""
    for pattern in (_LEAVES_ON, _ON_LEAVES):
        yield from (Hit(match.start(), match.end(), Kind.DATE_OF_TRAVEL) for match in pattern.finditer(text))
    for match in _FLIGHT.finditer(text):
        yield Hit(match.start(), match.end(), Kind.FLIGHT)
        if day := _FLOWN_ON.match(text, match.end()):
            yield Hit(day.start(), day.end(), Kind.DATE_OF_TRAVEL)
