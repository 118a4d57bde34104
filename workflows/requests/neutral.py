"""The neutral text of a question: its shape, what triage must have, and what must not be read by anybody else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from config import policy
from workflows.core.hidden import plain_text
from workflows.core.words import PARTNERS
from workflows.core.words import mark as _
from workflows.depersonalise import STRUCTURED, Finding, find, find_in_points, name_words, place_words
from workflows.depersonalise.kinds import Kind
from workflows.requests.models import Urgency
from workflows.vocabulary.models import Country, Facet, Topic

LANGUAGE_UNKNOWN = _("Choose a language from the list.")
COUNTRY_MISSING = _("Choose the country.")
COUNTRY_UNKNOWN = _("Choose a country from the list.")
TOPIC_MISSING = _("Choose at least one topic.")
TOPIC_UNKNOWN = _("Choose topics from the list.")
FACET_UNKNOWN = _("Choose circumstances from the list.")
POINT_MISSING = _("Write at least one point.")
POINT_TOO_LONG = _("This point is too long. Write it in 1,000 letters or fewer.")
POINTS_TOO_MANY = _("Write 12 points or fewer.")
PLACE_TOO_LONG = _("This is too long. Write only the town or area.")
URGENCY_UNKNOWN = _("Choose how soon the answer is needed.")
URGENCY_REASON_MISSING = _("Write why it is urgent.")
REASON_TOO_LONG = _("This is too long. Write it in 500 letters or fewer.")
EASILY_LEFT_OUT = STRUCTURED | {Kind.NAME, Kind.ADDRESS}
PERSONAL = _("This may point to a person. Use neutral words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NeutralDraft:
    """What an officer writes in triage. Codes are the vocabulary's; `language` is that of the points, and what it was
    where it is empty.
    """

    country: str | None
    language: str = ""
    place: str = ""
    topics: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    urgency: str = Urgency.NORMAL
    urgency_reason: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspicions:
    """What the search for personal details found in a neutral text, point by point and in the place."""

    points: tuple[tuple[Finding, ...], ...]
    place: tuple[Finding, ...]

    def __iter__(self) -> Iterator[Finding]:
        for found in self.points:
            yield from found
        yield from self.place

    def __bool__(self) -> bool:
        return any(self.points) or bool(self.place)

    def problems(self) -> dict[str, str]:
        """The fields they are in, each with what to do."""
        fields = [f"points-{at}" for at, found in enumerate(self.points) if found] + ["place"] * bool(self.place)
        return dict.fromkeys(fields, PERSONAL)


def tidied(draft: NeutralDraft) -> NeutralDraft:
    """The draft with tidy texts; empty points stay in their place, so that problems name the field they are in."""
    return replace(
        draft,
        country=plain_text(draft.country) or None,
        language=plain_text(draft.language),
        topics=tuple(map(plain_text, draft.topics)),
        facets=tuple(map(plain_text, draft.facets)),
        place=plain_text(draft.place),
        urgency_reason=plain_text(draft.urgency_reason),
        points=tuple(map(plain_text, draft.points)),
    )


def same_text(one: NeutralDraft, other: NeutralDraft) -> bool:
    """Whether both would be kept as the same text: an empty point, the order of boxes and a language that only one of
    them names make no difference.
    """

    def kept(draft: NeutralDraft) -> NeutralDraft:
        draft = tidied(draft)
        urgent = draft.urgency == Urgency.URGENT
        return replace(
            draft,
            language=draft.language or one.language or other.language,
            topics=tuple(sorted(draft.topics)),
            facets=tuple(sorted(draft.facets)),
            points=tuple(filter(None, draft.points)),
            urgency_reason=draft.urgency_reason if urgent else "",
        )

    return kept(one) == kept(other)


def shape_problems(session: Session, draft: NeutralDraft) -> dict[str, str]:
    """What may not even be kept as a draft: unknown codes, texts that are too long."""
    found = {
        "language": "" if draft.language in {"", *PARTNERS} else LANGUAGE_UNKNOWN,
        "country": COUNTRY_UNKNOWN if draft.country and not _known_country(session, draft.country) else "",
        "topics": TOPIC_UNKNOWN if unknown_topics(session, draft.topics) else "",
        "facets": FACET_UNKNOWN if unknown_facets(session, draft.facets) else "",
        "place": PLACE_TOO_LONG if len(draft.place) > policy.PLACE_MAX else "",
        "urgency": "" if draft.urgency in set(Urgency) else URGENCY_UNKNOWN,
        "urgency_reason": REASON_TOO_LONG if len(draft.urgency_reason) > policy.REASON_MAX else "",
        "points-0": POINTS_TOO_MANY if len(list(filter(None, draft.points))) > policy.POINTS_PER_QUESTION else "",
    }
    for at, text in enumerate(draft.points):
        if len(text) > policy.POINT_TEXT_MAX:
            found[f"points-{at}"] = POINT_TOO_LONG
    return {field: problem for field, problem in found.items() if problem}


def gaps(draft: NeutralDraft) -> dict[str, str]:
    """What triage cannot finish without."""
    found = {
        "country": "" if draft.country else COUNTRY_MISSING,
        "topics": "" if draft.topics else TOPIC_MISSING,
        "points-0": "" if any(draft.points) else POINT_MISSING,
        "urgency_reason": (
            URGENCY_REASON_MISSING if draft.urgency == Urgency.URGENT and not draft.urgency_reason else ""
        ),
    }
    return {field: problem for field, problem in found.items() if problem}


def suspicions(draft: NeutralDraft, language: str, today: date, known: Collection[str]) -> Suspicions:
    """Personal details in the points and the place; `known` are the name words of the original."""
    points = find_in_points(draft.points, language, today, known)
    shared = set(known) | set(name_words(finding for found in points for finding in found))
    shared |= place_words("\n".join(draft.points))
    return Suspicions(points, find(draft.place, language, today, shared))


def details_in(text: str, language: str, today: date) -> int:
    """How many possible personal details stand in a text: a number that may be read where the text may not."""
    return len(find(text, language, today))


def pointing_in(text: str, language: str, today: date) -> tuple[str, ...]:
    """Names, numbers and addresses in a text, as they were typed: what whoever types them can leave out at no loss."""
    found = find(text, language, today)
    return tuple(dict.fromkeys(text[one.start : one.end] for one in found if one.kind in EASILY_LEFT_OUT))


def names_in(original: str | None, language: str, today: date) -> frozenset[str]:
    """The names that the original gives away, to look for them in the neutral text; none once it is erased."""
    return name_words(find(original, language, today)) if original else frozenset()


def told_in(original: str | None, language: str, today: date) -> frozenset[str]:
    """The same with the villages that the original names: bare, they lead to a person as well."""
    return names_in(original, language, today) | place_words(original) if original else frozenset()


def _known_country(session: Session, iso3: str) -> bool:
    return session.scalar(select(Country.iso3).where(Country.iso3 == iso3)) is not None


def unknown_topics(session: Session, codes: Iterable[str]) -> set[str]:
    """Those that are no topic; a group of topics is none."""
    return _unknown(session, codes, select(Topic.code).where(Topic.parent_code.is_not(None)), Topic.code)


def unknown_facets(session: Session, codes: Iterable[str]) -> set[str]:
    """Those that are no circumstance of the list."""
    return _unknown(session, codes, select(Facet.code), Facet.code)


def _unknown(session: Session, codes: Iterable[str], known: Select[Any], code: Any) -> set[str]:
    wanted = set(codes)
    return wanted - set(session.scalars(known.where(code.in_(wanted)))) if wanted else set()
