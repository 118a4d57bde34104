"""Numbers, dates and places as people write them: valid where a check digit exists, with their spaces and dots."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from stdnum import luhn
from stdnum.iso7064 import mod_97_10

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
_PHONE_REGIONS = [
    "BE",
    "BE",
    "BE",
    "FR",
    "NL",
    "NL",
    "CD",
    "GN",
    "MA",
    "AF",
    "AM",
    "GE",
    "RU",
    "AL",
    "XK",
    "NP",
    "ET",
    "VN",
    "EC",
    "TR",
    "SO",
    "NG",
    "UA",
    "DE",
    "IT",
    "ES",
    "GB",
]
_SCHOOLS = {
    "en": ("Saint Mary's Primary School", "Athénée Royal de Koekelberg", "the Sint-Jozefscollege", "Maple Hill School"),
    "fr": ("école communale Les Tilleuls", "école Sainte-Marie", "institut Saint-Louis", "école libre Notre-Dame"),
    "nl": (
        "basisschool De Regenboog",
        "het Sint-Pietersinstituut",
        "de Vrije Basisschool Sint-Anna",
        "school De Kameleon",
    ),
}
_STREETS = {
    "en": ("rue du Progrès {n}, 1030 Brussels", "{n} Harrow Road, Leeds", "Kerkstraat {n}, 2060 Antwerp", "Flat {n}, 18 Mill Lane"),
    "fr": ("rue de la Loi {n}, 1040 Bruxelles", "{n}, avenue des Cerisiers", "chaussée de Wavre {n} bte 3", "12 bis rue Pasteur, 59000 Lille", "bd Anspach {n}"),
    "nl": ("Kerkstraat {n}, 2060 Antwerpen", "Turnhoutsebaan {n} bus 4", "Lange Nieuwstraat {n}", "de Dorpsstraat {n} in Herzele", "Stationsplein {n}, 3500 Hasselt"),
}  # fmt: skip


def _digits(chance: Random, many: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(many))


def phone(chance: Random, language: str) -> str:
    """A possible number of a country, as its people or their phones write it."""
    region = chance.choice(_PHONE_REGIONS)
    number = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
    for _ in range(50):
        national = str(number.national_number)
        number.national_number = int(national[:-5] + _digits(chance, 5))
        if phonenumbers.is_valid_number(number):
            break
    host = region in {"BE", "FR", "NL"}
    form = chance.choice(
        [PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL] if host else [PhoneNumberFormat.INTERNATIONAL]
    )
    written = phonenumbers.format_number(number, form)
    return chance.choice(
        [
            written,
            written.replace(" ", ""),
            written.replace(" ", "."),
            written.replace(" ", "-"),
            written.replace("+", "00"),
            _grouped(chance, written),
        ]
    )


def _grouped(chance: Random, written: str) -> str:
    """In twos from the end, with a slash after the first group: 0475/12 34 56."""
    plain = "".join(character for character in written if character.isdigit())
    head, rest = plain[: len(plain) % 2 + 2], plain[len(plain) % 2 + 2 :]
    joint = chance.choice(["/", " ", " / "])
    return (
        ("+" if written.startswith("+") else "")
        + head
        + joint
        + " ".join(rest[at : at + 2] for at in range(0, len(rest), 2))
    )


def email(chance: Random, language: str) -> str:
    """An address that belongs to nobody, sometimes spelt against robots."""
    name = chance.choice(["zahra.r", "k_ilunga", "hrant1959", "mme.diallo", "b-gurung", "a.n.other", "tesfa"])
    host = chance.choice(["example.org", "example.com", "mail.example.net", "example.be"])
    return f"{name}{chance.choice(['@', '@', '@', ' @ ', '(at)', ' [at] '])}{host}"


def nn(chance: Random, language: str) -> str:
    """A Belgian national number or its BIS form, with a right check."""
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
    month = born.month + chance.choice([0, 0, 40])
    front = f"{born.year % 100:02}{month:02}{born.day:02}{chance.randrange(1, 998):03}"
    check = 97 - int(("2" if born.year >= 2000 else "") + front) % 97
    plain = f"{front}{check:02}"
    y, m, d, serial = plain[:2], plain[2:4], plain[4:6], plain[6:9]
    return chance.choice(
        [f"{y}.{m}.{d}-{serial}.{check:02}", plain, f"{y}{m}{d} {serial} {check:02}", f"{y} {m} {d} {serial} {check:02}",
         f"{y}.{m}.{d} - {serial}.{check:02}", f"{y}{m}{d}-{serial}-{check:02}", f"{y}/{m}/{d}-{serial}-{check:02}"]
    )  # fmt: skip


def bsn(chance: Random, language: str) -> str:
    """A Dutch citizen service number that passes the eleven test."""
    while True:
        front = "1" + _digits(chance, 7)
        last = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), front, strict=True)) % 11
        if last < 10:
            plain = f"{front}{last}"
            return chance.choice(
                [plain, f"{plain[:4]}.{plain[4:6]}.{plain[6:]}", f"{plain[:3]} {plain[3:6]} {plain[6:]}"]
            )


def nir(chance: Random, language: str) -> str:
    """A French social security number with its key; born abroad more often than not."""
    place = chance.choice(["99352", "99350", "99351", "75114", "59350"])
    front = f"{chance.choice('12')}{chance.randrange(50, 99):02}{chance.randrange(1, 13):02}{place}{_digits(chance, 3)}"
    key = f"{97 - int(front) % 97:02}"
    spaced = f"{front[0]} {front[1:3]} {front[3:5]} {front[5:7]} {front[7:10]} {front[10:]} {key}"
    return chance.choice([front + key, spaced, f"{front} {key}"])


def iban(chance: Random, language: str) -> str:
    """An account of one of five countries, with its check."""
    country, many = chance.choice([("BE", 12), ("FR", 23), ("DE", 18), ("NL", 14), ("LU", 16)])
    account = ("ABNA" + _digits(chance, 10)) if country == "NL" else _digits(chance, many)
    account = account[:many]
    plain = f"{country}{mod_97_10.calc_check_digits(account + country)}{account}"
    fours = [plain[at : at + 4] for at in range(0, len(plain), 4)]
    return chance.choice([plain, " ".join(fours), "-".join(fours), " ".join(fours).lower()])


def file(chance: Random, language: str) -> str:
    """A file number of the services of three countries, of the United Nations or of a court."""
    return chance.choice(
        [f"{chance.randrange(8, 26):02}/{_digits(chance, 5)}", f"SP {chance.randrange(4, 10)} {_digits(chance, 3)} {_digits(chance, 3)}",
         f"{chance.randrange(5, 10)}.{_digits(chance, 3)}.{_digits(chance, 3)}", f"{_digits(chance, 3)}.{_digits(chance, 3)}.{_digits(chance, 4)}",
         f"{chance.randrange(2010, 2026)}-{chance.randrange(1, 13):02}-{_digits(chance, 5)}", f"2024/{_digits(chance, 6)}",
         f"{_digits(chance, 3)}-{chance.randrange(10, 24)}C{_digits(chance, 5)}", f"V{_digits(chance, 9)}", f"NL {chance.randrange(18, 26)}.{_digits(chance, 5)}"]
    )  # fmt: skip


def passport(chance: Random, language: str) -> str:
    """A travel document."""
    return chance.choice(
        [f"EH{_digits(chance, 6)}", f"A0{_digits(chance, 7)}", f"OP {_digits(chance, 7)}", f"P{_digits(chance, 8)}", f"{_digits(chance, 2)}AK{_digits(chance, 5)}", _digits(chance, 8)]
    )  # fmt: skip


def card(chance: Random, language: str) -> str:
    """An identity card or a residence permit of Belgium, France or Spain."""
    front = _digits(chance, 10)
    belgian = f"{front[:3]}-{front[3:]}-{int(front) % 97 or 97:02}"
    return chance.choice(
        [belgian, belgian.replace("-", " "), belgian.replace("-", ""), f"B {_digits(chance, 7)} {_digits(chance, 2)}", f"B{_digits(chance, 9)}", f"99{_digits(chance, 8)}",
         f"X{_digits(chance, 7)}L", f"{_digits(chance, 4)}{luhn.calc_check_digit('12')}{_digits(chance, 6)}"]
    )  # fmt: skip


def dob(chance: Random, language: str) -> str:
    """A day of birth."""
    born = date(1946, 1, 1) + timedelta(days=chance.randrange(26_000))
    month = _MONTHS[language].split()[born.month - 1]
    return chance.choice(
        [f"{born.day:02}/{born.month:02}/{born.year}", f"{born.day}-{born.month}-{born.year}", f"{born.day:02}.{born.month:02}.{born.year % 100:02}",
         f"{born.day} {month} {born.year}", f"{born.day:02} {born.month:02} {born.year}", f"{born.isoformat()}", f"{born.day} {month[:3]} {born.year}"]
    )  # fmt: skip


def day(chance: Random, language: str) -> str:
    """A day of departure."""
    month = chance.choice(_MONTHS[language].split())
    number = chance.randrange(2, 29)
    return chance.choice([f"{number} {month}", f"{number}/{chance.randrange(1, 13):02}/2026", f"{number} {month} 2026"])


def flight(chance: Random, language: str) -> str:
    """A flight."""
    return chance.choice(["SN", "TK", "ET", "AT", "QR", "RAM", "LH"]) + chance.choice(["", " "]) + _digits(chance, 3)


def street(chance: Random, language: str) -> str:
    """An address in the host country, of the language written or of its neighbour."""
    return chance.choice(_STREETS[language]).format(n=chance.randrange(1, 400))


def school(chance: Random, language: str) -> str:
    """A school in the host country."""
    return chance.choice(_SCHOOLS[language])


def age(chance: Random, language: str) -> str:
    """An age of a child, in years."""
    return str(chance.randrange(3, 17))


def size(chance: Random, language: str) -> str:
    """The size of a family, which with its name tells which one it is."""
    return f"{chance.randrange(2, 8)} {({'en': 'children', 'fr': 'enfants', 'nl': 'kinderen'})[language]}"


FORMATS: dict[str, tuple[str, Callable[[Random, str], str]]] = {
    "phone": ("phone", phone), "email": ("email", email), "nn": ("national number", nn), "bsn": ("national number", bsn),
    "nir": ("national number", nir), "iban": ("bank account", iban), "file": ("file number", file),
    "passport": ("document number", passport), "card": ("document number", card), "dob": ("date of birth", dob),
    "day": ("day of travel", day), "flight": ("flight", flight), "street": ("address", street), "school": ("school", school),
    "size": ("household", size),
}  # fmt: skip
"""What a slot of a template stands for, and what it is counted as."""

STRUCTURED: Sequence[str] = (
    "phone", "email", "national number", "bank account", "file number", "document number", "date of birth"
)  # fmt: skip
