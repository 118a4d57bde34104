"""How texts stand that may be out of date: who can be asked about each now, or why nobody, and who else could be.

Read without locks for the page that says it beforehand (`recheck_plan.py`), and of locked rows when the request is
made (`recheck_batch.py`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from config import policy
from workflows.answers.partner_suggestions import PartnerSuggestion
from workflows.answers.partners_of_texts import Matter, Partners, partners_of
from workflows.assignments.clock import LIVE
from workflows.assignments.desk import WAITS
from workflows.assignments.models import Assignment, AssignmentState, Kind
from workflows.assignments.terms import AWAY, INACTIVE, NOBODY_READS
from workflows.core.access import visible
from workflows.core.actors import Role, Staff
from workflows.core.calendars import HELPDESK
from workflows.core.words import mark as _
from workflows.excerpts.models import Excerpt, ExcerptState, ExcerptVersion, VersionState
from workflows.excerpts.recheck import went_stale

NO_PARTNER = _("No partner stands behind this text.")
UNDER_WAY = _("A partner was asked already, and the recheck is under way.")
DRAFTED = _("A request is drafted already. An officer offers it.")
ASKED_SINCE = _("This partner was asked after it went out of date, and that recheck is over. Look at what came of it.")
OUTSIDE = _("This partner does not work in the country any more.")
FULL = _("This partner has enough in hand. A request for many texts gives it no more.")
NOT_OLD = _("It is not out of date any more.")
NOT_PUBLISHED = _("It is not published any more.")
IN_THE_WAY = frozenset({NO_PARTNER, INACTIVE, OUTSIDE, ASKED_SINCE, AWAY, WAITS, NOBODY_READS, FULL})
OTHERS_NAMED = 3
"""Partners beside a text whose own cannot be asked."""
SETTLED = frozenset({UNDER_WAY, DRAFTED, NOT_OLD, NOT_PUBLISHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One text with the partner who is asked about it, or why that partner is not (a marked text)."""

    ref: str
    title: str
    language: str
    valid_until: date | None
    partner: PartnerSuggestion | None
    """Its own, unless another one was chosen."""
    why: str = ""
    recheck_id: UUID | None = None
    """The recheck that stands in the way, or that is drafted for this partner."""
    others: tuple[PartnerSuggestion, ...] = ()
    """Who could be asked instead, the best first."""

    @property
    def settled(self) -> bool:
        """There is nothing to ask: it is fresh or gone, or somebody is being asked."""
        return self.why in SETTLED

    @property
    def nobody(self) -> bool:
        """Neither its partner nor anybody else can be asked."""
        return self.why in IN_THE_WAY and not self.others


@dataclass(frozen=True, slots=True)
class Standing:
    """How some texts, their rechecks and the partners stand; `gave` counts what a request gives as it goes along."""

    actor: Staff
    today: date
    versions: Mapping[UUID, ExcerptVersion]
    rechecks: Mapping[UUID, Sequence[Assignment]]
    partners: Partners
    _given: Counter[UUID] = field(default_factory=Counter)

    def gave(self, partner_id: UUID) -> None:
        """This partner gets one more."""
        self._given[partner_id] += 1

    def draft_of(self, text: Excerpt) -> Assignment | None:
        """The recheck that waits for an officer."""
        return next((one for one in self.rechecks[text.id] if one.state == AssignmentState.DRAFTED), None)

    def planned(self, text: Excerpt, chosen: UUID | None = None, *, doubted: bool = False) -> Planned:
        """Whether this partner (or the text's own) can be asked about it now, and who could be instead.

        `doubted`: somebody said that it may be wrong, so it need not be out of date.
        """
        version, draft = self.versions.get(text.id), self.draft_of(text)
        partner_id = chosen or (draft.proposed_partner_id if draft else text.partner_id)
        matter = self._matter(text)
        partner = self.partners.about(partner_id, matter) if partner_id else None
        settled = "" if doubted else self._settled(text)
        why = settled or self._in_the_way(partner)
        return Planned(
            ref=text.ref, title=version.title if version else text.ref, language=text.language,
            valid_until=text.valid_until, partner=partner, why=why,
            recheck_id=self._recheck(text, partner_id) if why else None,
            others=() if settled or not why else self._others(matter, partner_id),
        )  # fmt: skip

    def _matter(self, text: Excerpt) -> Matter:
        since = went_stale(text.valid_until)
        return matter_of(
            text,
            self.versions.get(text.id),
            (one.proposed_partner_id for one in self._over(text) if one.created_at >= since),
        )

    def _settled(self, text: Excerpt) -> str:
        """Why there is nothing to ask of anybody."""
        if text.state != ExcerptState.PUBLISHED or text.id not in self.versions:
            return NOT_PUBLISHED
        if text.valid_until is None or text.valid_until >= self.today:
            return NOT_OLD
        states = {one.state for one in self.rechecks[text.id] if one.state in LIVE}
        if states == {AssignmentState.DRAFTED}:
            return "" if Role.OFFICER in self.actor.roles else DRAFTED
        return UNDER_WAY if states else ""

    def _in_the_way(self, partner: PartnerSuggestion | None) -> str:
        """Why this partner cannot be asked."""
        if partner is None:
            return NO_PARTNER
        reasons = {
            INACTIVE: not partner.active,
            OUTSIDE: not partner.covers,
            ASKED_SINCE: partner.asked,
            AWAY: partner.away_until is not None,
            WAITS: partner.waits_until is not None,
            NOBODY_READS: not partner.read,
            FULL: self._full(partner),
        }
        return next((why for why, holds in reasons.items() if holds), "")

    def _others(self, matter: Matter, but: UUID | None) -> tuple[PartnerSuggestion, ...]:
        found = self.partners.suggested(matter)
        free = (one for one in found if one.id != but and not one.asked and not self._full(one))
        return tuple(islice(free, OTHERS_NAMED))

    def _full(self, partner: PartnerSuggestion) -> bool:
        return partner.in_hand + self._given[partner.id] >= policy.RECHECKS_FILL_PARTNER_TO

    def _over(self, text: Excerpt) -> Iterable[Assignment]:
        return (one for one in self.rechecks[text.id] if one.state not in LIVE)

    def _recheck(self, text: Excerpt, partner_id: UUID | None) -> UUID | None:
        """What is under way; else the last one that this partner was asked."""
        newest_first = sorted(self.rechecks[text.id], key=lambda one: one.created_at, reverse=True)
        live = [one.id for one in newest_first if one.state in LIVE]
        theirs = [one.id for one in newest_first if one.proposed_partner_id == partner_id]
        return next(iter((*live, *theirs)), None)


def matter_of(text: Excerpt, version: ExcerptVersion | None, asked: Iterable[UUID] = ()) -> Matter:
    """What a partner would be asked about."""
    topics = frozenset(version.topics if version else ())
    return Matter(country=text.country, topics=topics, language=text.language, asked=frozenset(asked))


def read_standing(
    session: Session,
    actor: Staff,
    texts: Sequence[Excerpt],
    named: Collection[UUID],
    now: datetime,
    *,
    lock: bool = False,
) -> Standing:
    """Of these texts; `named` are partners to be known beside those that follow. Four statements, five with `lock`,
    which locks the rechecks and reads their points.
    """
    ids = [text.id for text in texts]
    of_these = select(ExcerptVersion).where(ExcerptVersion.excerpt_id.in_(ids))
    published = session.scalars(of_these.where(ExcerptVersion.state == VersionState.PUBLISHED))
    versions = {one.excerpt_id: one for one in published}
    rechecks: dict[UUID, list[Assignment]] = {text_id: [] for text_id in ids}
    for one in session.scalars(_rechecks(actor, ids, lock=lock)):
        if one.excerpt_id:
            rechecks[one.excerpt_id].append(one)
    own = {text.partner_id for text in texts if text.partner_id}
    asked = {one.proposed_partner_id for those in rechecks.values() for one in those}
    matters = {matter_of(text, versions.get(text.id)) for text in texts}
    partners = partners_of(session, actor, matters, {*named, *own, *asked}, now)
    return Standing(actor, HELPDESK.local_day(now), versions, rechecks, partners)


def _rechecks(actor: Staff, ids: Collection[UUID], *, lock: bool) -> Select[Assignment]:
    query = visible(actor, Assignment).where(Assignment.excerpt_id.in_(ids), Assignment.kind == Kind.RECHECK)
    query = query.order_by(Assignment.id)
    if not lock:
        return query
    fresh = query.with_for_update(of=Assignment).execution_options(populate_existing=True)
    return fresh.options(selectinload(Assignment.points))
