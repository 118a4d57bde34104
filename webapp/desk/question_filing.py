"""Filing for somebody without a computer, and the sheet of paper with their code: shown once, in their language."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import BooleanField, FieldList, FormField, RadioField, SelectField, StringField

from config import policy
from web_kit.gate import staff_only
from web_kit.language import current, direction, say_date
from web_kit.site import this_site
from web_kit.unit import attempt, reads, writes
from webapp.asking import ANSWER_LANGUAGES, QuestionFields, QuestionsForm, WrittenDownForm, as_choices
from webapp.desk.vocabulary import Vocabulary, vocabulary
from webapp.tickets import Ticket
from workflows.core import clock
from workflows.core.actors import Role, Staff
from workflows.core.errors import Incomplete
from workflows.requests.desk_filing import CHANNELS, file_for_requester
from workflows.requests.drafts import Draft, QuestionDraft
from workflows.requests.filing import Filing
from workflows.requests.promise import promise
from workflows.requests.receipts import desk_submission, fingerprint, new_code
from workflows.requests.words import ANOTHER_AGREES, ANSWERING, CONSENTS, PUBLISHING, Kind

FILED_FOR = {Kind.SELF: _("For themselves or their family"), Kind.HELPING: _("For somebody they help")}
bp = Blueprint("question_filing", __name__, url_prefix="/desk/questions")
officers_only = staff_only(Role.OFFICER)


class FiledQuestion(QuestionFields):
    """One question, with what it is about, where the officer knows that already."""

    topic = SelectField(_("Topic"), validate_choice=False)

    def question(self) -> QuestionDraft:
        """This question, for the domain."""
        return QuestionDraft(self.text.data or "", self.country.data, self.place.data, self.topic.data)


def offer_topics(form: QuestionsForm, words: Vocabulary) -> None:
    """The topics that each question of a form may be about."""
    for entry in form.questions:
        entry.form.topic.choices = as_choices({"": gettext("I am not sure"), **words.topics})


class FilingForm(WrittenDownForm):
    """What an officer writes down for somebody else."""

    questions = FieldList(FormField(FiledQuestion), min_entries=1, max_entries=policy.QUESTIONS_PER_REQUEST)
    page_order = (
        "channel",
        "requester_kind",
        "questions",
        "written_in",
        "language",
        "contact",
        "consent",
        "publishing",
    )
    written_in = SelectField(_("Written in"), validate_choice=False, choices=ANSWER_LANGUAGES, default=current)
    channel = RadioField(_("How they came to us"), validate_choice=False)
    requester_kind = RadioField(_("Who is this for?"), default=Kind.SELF.value, validate_choice=False)
    contact = StringField(_("E-mail"))
    publishing = BooleanField(_("Helping others"))

    def offer_terms(self, words: Vocabulary) -> None:
        """The choices of the vocabulary, of how they came, and of whom it is for."""
        offer_topics(self, words)
        self.offer(words.countries)

    def offer(self, countries: Mapping[str, str]) -> None:
        """Also how they came, and whom it is for."""
        self.channel.choices = as_choices({str(one): gettext(label) for one, label in CHANNELS.items()})
        self.requester_kind.choices = as_choices({str(kind): str(label) for kind, label in FILED_FOR.items()})
        super().offer(countries)

    def draft(self, ticket: Ticket) -> Draft:
        """What was written down. The ticket itself is not kept: the code follows from it."""
        both, first_alone = CONSENTS[self.requester_kind.data == Kind.HELPING]
        return Draft(
            submission_id=desk_submission(this_site().receipt_key, ticket.submission_id),
            requester_kind=self.requester_kind.data or "",
            language=self.language.data or "",
            questions=self.typed_questions(),
            contact=self.contact.data,
            consent=(both if self.publishing.data else first_alone) if self.consent.data else None,
            written_in=self.written_in.data or "",
        )


@bp.get("/new")
@officers_only
@reads
def form(session: Session, actor: Staff) -> ResponseReturnValue:
    """The empty form."""
    return _page(session, FilingForm.blank(clock.now()))


@bp.post("/new")
@officers_only
@writes
def submit(session: Session, actor: Staff) -> ResponseReturnValue:
    """File it and show the paper with the code; or the form again with everything that was typed."""
    typed = FilingForm()
    if (rearranged := typed.rearranged()) is not None:
        return _page(session, rearranged)
    now = clock.now()
    if (ticket := typed.ticket_to_file(now)) is None:
        return _page(session, typed, 422, gettext("This page was open too long. Please send it once more."))
    return _file(session, actor, typed, ticket, now)


def _file(session: Session, actor: Staff, typed: FilingForm, ticket: Ticket, now: datetime) -> ResponseReturnValue:
    key = this_site().receipt_key
    code = new_code(key, ticket.submission_id)
    try:
        with attempt(session):
            draft, channel = typed.draft(ticket), typed.channel.data or ""
            digest, meant = fingerprint(key, code), bool(typed.read_again.data)
            filing = file_for_requester(session, actor, draft, channel, digest, now, read_again=meant)
    except Incomplete as refused:
        typed.show_problems(refused, gettext)
        return _page(session, typed, 422)
    return _paper(filing, code, typed.language.data or "en", now)


def _page(session: Session, shown: FilingForm, status: int = 200, notice: str = "") -> ResponseReturnValue:
    shown.offer_terms(vocabulary(session, with_facets=False))
    page = render_template(
        "desk/questions/new.html",
        form=shown,
        pointing=shown.pointing(clock.now()),
        more=len(shown.questions) < policy.QUESTIONS_PER_REQUEST,
        notice=notice,
        consents=list(_consents()),
    )
    return page, status


def _consents() -> Iterator[dict[str, Any]]:
    """What is read aloud, in each language that we answer in: a text for each purpose, agreed to apart."""
    for code, name in ANSWER_LANGUAGES.items():
        with force_locale(code):
            said = {"answering": ANSWERING, "for_another": (ANOTHER_AGREES,), "publishing": PUBLISHING}
            lines = {purpose: [gettext(line) for line in text] for purpose, text in said.items()}
            yield {"code": code, "name": name, "dir": direction(code), **lines}


def _paper(filing: Filing, code: str, language: str, now: datetime) -> ResponseReturnValue:
    """The sheet that is printed and handed over, in the language of whoever asked; no name stands on it."""
    with force_locale(language):
        words = _words(promise(filing.at or now).promised_by)
    return render_template(
        "desk/questions/paper.html",
        groups=code.split("-") if filing.shows_code(now) else (),
        first=filing.first,
        words=words,
        language=language,
        text_dir=direction(language),
        address=this_site().links.to("follow", language=language),
    )


def _words(answer_by: Any) -> dict[str, Any]:
    return {
        "title": gettext("Your code"),
        "expected": gettext("We expect an answer by") + " " + say_date(answer_by),
        "steps": [
            gettext("Keep this paper in a safe place. Do not show it to others."),
            gettext("Open this address on any telephone or computer:"),
            gettext("Type the code. Capital or small letters, it does not matter."),
            gettext("Read there what happens, and your answer."),
        ],
        "no_computer": gettext("You have no computer? Come back with this paper. We read it with you."),
        "lost": gettext("We do not keep your code. If you lose it, please ask your question again."),
    }
