"""Publishing an edition: four eyes, one number each, frozen for ever, and honest about what changed since."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from config import policy
from tests.at_desk import AtDesk
from tests.factories import NOW, make_staff
from tests.sheets import ASK_AT, LINKS, change_text, drafts, make_draft, make_sheet, published_editions, words_of
from workflows.core.actors import Role
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event, Outbox
from workflows.core.reminders import Reminder
from workflows.requests.outgoing import ADVISES
from workflows.sheets.approval_queries import changes, preview
from workflows.sheets.composition import Pin, drafts_of, fingerprint
from workflows.sheets.desk import begin_edition, save_edition, send_edition
from workflows.sheets.frozen import from_json, to_json
from workflows.sheets.models import CountrySheet, Edition, Section
from workflows.sheets.publishing import publish_edition

TODAY = HELPDESK.local_day(now())


def sent(session: Session, people, pins=None) -> Edition:
    edition = make_draft(session, people.author, pins or {"HEA": [people.health]}, {"HEA": "Avant les soins."})
    send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True)
    session.flush()
    return edition


def test_another_editor_publishes_and_everything_is_frozen(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = sent(session, people)
        publish_edition(session, people.other, edition.id, edition.version, now(), LINKS)
    with at_desk() as session:
        row, edition = published_editions(session)[0], session.scalars(select(Edition)).one()
        assert (edition.state, edition.number, edition.approver_id) == ("published", 1, people.other.id)
        assert (row.country, row.language, row.number, row.current) == ("COD", "fr", 1, True)
        assert row.published_on == TODAY
        assert row.review_on == TODAY + timedelta(days=policy.SHEET_REVIEW_DAYS)
        assert row.expires_on == row.review_on + timedelta(days=policy.SHEET_EXPIRES_AFTER_DAYS)
        assert row.docx_size == len(row.docx) > 5000
        frozen = from_json(row.content)
        assert to_json(frozen) == row.content
        assert (frozen.country_name, frozen.sections[0].group) == ("RD Congo", "ACC")
        [item] = list(frozen.items)
        assert (item.ref, item.number, item.summary) == (people.health, 1, "Deux pharmacies sur trois en avaient.")
        assert ASK_AT in frozen.front.helpdesk_text


def test_the_word_file_holds_the_texts_their_sources_and_where_to_ask(at_desk: AtDesk, people):
    with at_desk() as session:
        row = make_sheet(session, people.author, people.other, {"HEA": [people.health]}, {"HEA": "Avant les soins."})
        text = words_of(row.docx)
    for expected in (
        "Avant les soins.",
        "Deux pharmacies sur trois",
        "Visite de trois pharmacies",
        people.health,
        ASK_AT,
        "Rien sur les communes",
    ):
        assert expected in text


def test_nobody_who_wrote_in_it_approves_it(at_desk: AtDesk, people, scene):
    third = make_staff(scene, Role.EDITOR)
    scene.commit()
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.health]})
        save_edition(
            session, people.other, edition.id, edition.version, drafts({"HEA": [Pin(people.health, 2)]}), now()
        )
        session.flush()
        send_edition(session, people.other, edition.id, edition.version, now(), gaps_known=True)
        session.flush()
        version = edition.version
    for writer in (people.author, people.other, people.officer):
        with at_desk() as session, pytest.raises(NotAllowed):
            publish_edition(session, writer, edition.id, version, now(), LINKS)
    with at_desk() as session:
        publish_edition(session, third, edition.id, version, now(), LINKS)


def test_a_draft_is_not_published_without_being_sent(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.health]})
    with at_desk() as session, pytest.raises(OutOfTurn):
        publish_edition(session, people.other, edition.id, edition.version, now(), LINKS)


def test_what_changed_behind_the_approval_is_not_published(at_desk: AtDesk, people, scene):
    with at_desk() as session:
        edition = sent(session, people)
    scene.execute(update(Section).where(Section.topic_group == "HEA").values(intro="Autre chose."))
    scene.commit()
    with at_desk() as session, pytest.raises(EditConflict):
        publish_edition(session, people.other, edition.id, edition.version, now(), LINKS)


def test_a_save_after_sending_voids_the_approver_s_page(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = sent(session, people)
        seen = edition.version
        save_edition(session, people.author, edition.id, seen, drafts({"HOU": [people.housing]}), now())
    with at_desk() as session, pytest.raises(EditConflict):
        publish_edition(session, people.other, edition.id, seen, now(), LINKS)


@pytest.mark.parametrize(
    "intro", ["Nous vous conseillons de rentrer.", "Vous pouvez rentrer, c'est sûr.", "It is **safe** to return."]
)
def test_an_introduction_that_advises_is_neither_sent_nor_published(at_desk: AtDesk, people, scene, intro: str):
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.health]}, {"HEA": intro, "HOU": intro})
        with pytest.raises(Incomplete) as refused:
            send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True)
        assert refused.value.problems == {"sections-7-intro": ADVISES, "sections-4-intro": ADVISES}
    with at_desk() as session:
        edition = session.get_one(Edition, edition.id)
        save_edition(session, people.author, edition.id, edition.version, drafts({"HEA": [people.health]}), now())
        session.flush()
        send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True)
        for section in edition.sections:
            section.intro = intro if section.topic_group == "HEA" else ""
        session.flush()
        edition.approved_hash = fingerprint(drafts_of(edition))  # as one sent before this was looked for
    with at_desk() as session, pytest.raises(Incomplete) as refused:
        publish_edition(session, people.other, edition.id, edition.version, now(), LINKS)
    assert refused.value.problems == {"sections-7-intro": ADVISES}
    assert published_editions(scene) == []


def test_a_text_withdrawn_since_stops_the_publication(at_desk: AtDesk, people, scene):
    with at_desk() as session:
        edition = sent(session, people)
    change_text(scene, people.health, state="retracted")
    scene.commit()
    with at_desk() as session, pytest.raises(Incomplete):
        publish_edition(session, people.other, edition.id, edition.version, now(), LINKS)


def test_the_next_edition_takes_the_place_of_the_one_before(at_desk: AtDesk, people):
    pins = {"HEA": [people.health]}
    with at_desk() as session:
        make_sheet(session, people.author, people.other, pins)
    with at_desk() as session:
        make_sheet(session, people.other, people.author, pins, {"HEA": "Nouveau."})
    with at_desk() as session:
        assert [(row.number, row.current) for row in published_editions(session)] == [(1, False), (2, True)]
        states = session.execute(select(Edition.number, Edition.state).order_by(Edition.number)).all()
        assert [tuple(row) for row in states] == [(1, "superseded"), (2, "published")]


def test_each_language_counts_its_own_editions(at_desk: AtDesk, people):
    for language in ("fr", "nl"):
        with at_desk() as session:
            make_sheet(session, people.author, people.other, {"HEA": [people.health]}, language=language)
    with at_desk() as session:
        assert [(row.language, row.number, row.current) for row in published_editions(session)] == [
            ("fr", 1, True),
            ("nl", 1, True),
        ]


def test_two_approvers_at_once_publish_one_edition(at_desk: AtDesk, people, scene):
    third = make_staff(scene, Role.EDITOR)
    scene.commit()
    with at_desk() as session:
        edition = sent(session, people)
    outcomes, together = [], threading.Barrier(2)

    def approve(actor):
        together.wait()
        try:
            with at_desk() as session:
                publish_edition(session, actor, edition.id, edition.version, now(), LINKS)
            outcomes.append("published")
        except (EditConflict, OutOfTurn) as refused:
            outcomes.append(type(refused).__name__)

    threads = [threading.Thread(target=approve, args=(actor,)) for actor in (people.other, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["EditConflict", "published"]


def test_two_editors_begin_at_once_and_find_one_edition(at_desk: AtDesk, people):
    found, together = [], threading.Barrier(2)

    def start(actor):
        together.wait()
        with at_desk() as session:
            found.append(begin_edition(session, actor, "COD", "fr", now()).id)

    threads = [threading.Thread(target=start, args=(actor,)) for actor in (people.author, people.other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == 1


def test_publishing_is_recorded_and_starts_the_sheet_s_year(at_desk: AtDesk, people):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health]}, at=NOW)
    with at_desk() as session:
        sheet = session.scalars(select(CountrySheet)).one()
        assert sheet.review_on == HELPDESK.local_day(NOW) + timedelta(days=policy.SHEET_REVIEW_DAYS)
        reminder = session.scalars(select(Reminder)).one()
        assert (reminder.object_id, reminder.ladder, reminder.rung) == (sheet.id, "sheet.review", "check_early")
        assert reminder.due_at == HELPDESK.morning(sheet.review_on + timedelta(days=policy.SHEET_ALERTS_DAYS[0]))
        kinds = set(session.scalars(select(Event.kind)))
        assert {"edition.open", "edition.send_for_approval", "edition.publish"} <= kinds
        assert all(
            isinstance(value, str | int) for codes in session.scalars(select(Event.codes)) for value in codes.values()
        )


def test_editors_are_told_that_an_approval_is_wanted(at_desk: AtDesk, people, scene):
    with at_desk() as session:
        sent(session, people)
    query = select(Event.kind).join(Outbox, Outbox.event_id == Event.id)
    assert list(scene.scalars(query)) == ["edition.send_for_approval"]


def test_the_preview_is_what_would_be_published(at_desk: AtDesk, people):
    with at_desk() as session:
        sent(session, people)
    with at_desk() as session:
        seen = preview(session, people.other, "COD", "fr", TODAY, LINKS)
        edition = session.scalars(select(Edition)).one()
        row = publish_edition(session, people.other, edition.id, edition.version, now(), LINKS)
        assert to_json(seen.edition) == row.content
    with at_desk() as session, pytest.raises(NotFound):
        preview(session, people.other, "COD", "fr", TODAY, LINKS)


def test_the_comparison_shows_changed_sections_only(at_desk: AtDesk, people):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health]}, {"HEA": "Avant.", "HOU": "Même."})
    with at_desk() as session:
        make_draft(session, people.author, {"HEA": [Pin(people.health, 2)]}, {"HEA": "Après.", "HOU": "Même."})
    with at_desk() as session:
        found = changes(session, people.other, "COD", "fr")
        assert list(found) == ["HEA"]
        assert "".join(segment.text for row in found["HEA"] for segment in row.new).startswith("Après.")
