"""An answer in words for paper: what was asked, what we found, what it rests on, and until when it holds."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import pgettext

from web_kit.language import current, direction, other_tongue, say_date
from web_kit.site import this_site
from webapp.public.addresses import excerpt_address
from webapp.public.words import FRESHNESS, NOT_RELIED_ON, word
from workflows.replies.public import Card, PinnedExcerpt
from workflows.sheets.letter import Letter, Part, quoted
from workflows.vocabulary.shelf_life import Freshness

DISCS = {"on_hold": "out_of_date", "retracted": "withdrawn", "corrected": "withdrawn"}
"""For what has no disc of its own."""
PAST = (Freshness.OUT_OF_DATE, Freshness.EXPIRED)


def letter_of(card: Card) -> Letter:
    """The newest answer of a card that has one, in the language of the page."""
    newest = card.replies[0]
    return Letter(
        title=pgettext("to whoever asked", "Your answer"),
        language=current(),
        direction="rtl" if direction(current()) == "rtl" else "ltr",
        day=newest.sent_on,
        network_name="Terrain",
        page_text=_("Page {page} of {pages}"),
        table_label=_("Table"),
        parts=tuple(_parts(card)),
    )


def _parts(card: Card) -> Iterator[Part]:
    newest = card.replies[0]
    for recall in card.recalls:
        yield Part("text" if recall.tone == "ok" else "warning", f"{_(recall.text)} {say_date(recall.on)}")
    if card.question.points:
        yield Part("heading", _("Your question"))
        yield from (quoted("quote", text, card.question.points_language) for text in card.question.points)
    yield Part("heading", _("What we found"))
    if newest.corrected:
        corrected_on = say_date(newest.sent_on)
        yield Part("text", _("We corrected this answer on %(day)s. Please read it again.", day=corrected_on))
    if newest.text:
        yield quoted("text", newest.text, newest.language)
    else:
        yield Part("text", _("You find the answer in the pages below."))
    yield Part("facts", _("Sent on %(day)s", day=say_date(newest.sent_on)))
    if newest.pins:
        yield Part("heading", _("This answer uses"))
    for pin in newest.pins:
        yield from _pin(pin)
    yield Part("text", _("We inform you. We never say whether to go or to stay."))


def _pin(pin: PinnedExcerpt) -> Iterator[Part]:
    known = _(NOT_RELIED_ON[pin.freshness][1]) if pin.freshness in NOT_RELIED_ON else word(FRESHNESS, pin.freshness)
    yield quoted("item", pin.title, pin.language) if pin.title else Part("item", pin.ref)
    said_on = _("Information of %(day)s", day=say_date(pin.information_date))
    facts = [f"{pin.ref} v{pin.number}", said_on + other_tongue(pin.language)]
    if pin.holds:
        day = say_date(pin.valid_until)
        facts.append(_("Was valid until %(day)s", day=day) if pin.freshness in PAST else _("Until %(day)s", day=day))
    kind = DISCS.get(pin.freshness, str(pin.freshness))
    yield Part("facts", " · ".join(facts), kind, known)  # type: ignore[arg-type]
    yield quoted("text", (this_site().links.public or this_site().base_url) + excerpt_address(pin.ref), current())
    if pin.corrected:
        wrong = _("This version was wrong and was corrected on %(day)s.", day=say_date(pin.corrected.on))
        yield _warned(pin.corrected.note, pin.corrected.language, pin.corrected.unsaid, wrong)
    elif pin.notice or pin.unsaid:
        yield _warned(pin.notice, pin.language, pin.unsaid)
    if pin.summary:
        yield quoted("text", pin.summary, pin.language)
    if pin.body:
        yield quoted("body", pin.body, pin.language, pin.title)
    if pin.unknown:
        yield quoted("quote", pin.unknown, pin.language, _("What we do not know"))


def _warned(note: str, language: str, unsaid: str, ours: str = "") -> Part:
    """What somebody wrote in `language`, below our own words; where nobody did, what stands in its place."""
    return quoted("warning", note, language, ours) if note else Part("warning", f"{ours} {_(unsaid)}".strip())
