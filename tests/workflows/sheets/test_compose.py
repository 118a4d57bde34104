"""Composing an edition: begun once, kept as typed, moved by buttons, sent, taken back, never lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.at_desk import AtDesk
from tests.factories import make_staff
from tests.sheets import GROUPS, change_text, drafts, make_draft, make_sheet, make_text
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.core.errors import EditConflict, Incomplete, NotAllowed, NotFound, OutOfTurn
from workflows.core.events import Event
from workflows.sheets.composition import Pin, Press, Verb, drafts_of
from workflows.sheets.desk import WITH_PINS, begin_edition, discard_edition, rework_edition, save_edition, send_edition
from workflows.sheets.models import CountrySheet, Edition

TODAY = clock.today()


def stored(session, edition_id):
    edition = session.get(Edition, edition_id, options=WITH_PINS, populate_existing=True)
    return {section.group: section for section in drafts_of(edition)}


def kinds(session, row_id):
    query = select(Event.kind).where(Event.object_id == row_id).order_by(Event.at)
    return list(session.scalars(query))


def test_a_new_edition_has_the_ten_sections_in_the_order_of_the_taxonomy(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = begin_edition(session, people.author, "COD", "fr", now())
    with at_desk() as session:
        assert tuple(stored(session, edition.id)) == GROUPS
        assert kinds(session, edition.id) == ["edition.open"]
        sheet = session.scalars(select(CountrySheet)).one()
        assert (sheet.country, sheet.language, sheet.review_on) == ("COD", "fr", None)


def test_whoever_begins_second_gets_the_edition_under_work(at_desk: AtDesk, people):
    with at_desk() as session:
        first = begin_edition(session, people.author, "COD", "fr", now())
    with at_desk() as session:
        assert begin_edition(session, people.other, "COD", "fr", now()).id == first.id
        assert begin_edition(session, people.other, "COD", "nl", now()).id != first.id


def test_the_next_edition_starts_from_the_published_one(at_desk: AtDesk, people):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health]}, {"HEA": "Avant les soins."})
    with at_desk() as session:
        edition = begin_edition(session, people.other, "COD", "fr", now())
        assert edition.author_id == people.other.id
    with at_desk() as session:
        health = stored(session, edition.id)["HEA"]
        assert (health.intro, health.pins) == ("Avant les soins.", (Pin(people.health, 1),))


@pytest.mark.parametrize(("country", "language", "field"), [("XXX", "fr", "country"), ("COD", "xx", "language")])
def test_an_unknown_country_or_language_has_no_sheet(at_desk: AtDesk, people, country, language, field):
    with at_desk() as session, pytest.raises(Incomplete) as refused:
        begin_edition(session, people.author, country, language, now())
    assert list(refused.value.problems) == [field]


def test_only_editors_begin_and_save(at_desk: AtDesk, people):
    with at_desk() as session, pytest.raises(NotAllowed):
        begin_edition(session, people.officer, "COD", "fr", now())
    with at_desk() as session:
        edition = make_draft(session, people.author, {})
    with at_desk() as session, pytest.raises(NotAllowed):
        save_edition(session, people.officer, edition.id, edition.version, drafts({"HEA": [people.health]}), now())


def test_a_manager_does_not_find_an_edition(at_desk: AtDesk, people, scene):
    manager = make_staff(scene, Role.MANAGER)
    scene.commit()
    with at_desk() as session:
        edition = make_draft(session, people.author, {})
    with at_desk() as session, pytest.raises(NotFound):
        send_edition(session, manager, edition.id, edition.version, now(), gaps_known=True)


def test_intros_and_pins_are_kept_as_typed_without_hidden_signs(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.more_health, Pin(people.health, 2)]},
                             {"HEA": " Les soins\u200b se paient.\r\nD’avance. "})  # fmt: skip
    with at_desk() as session:
        health = stored(session, edition.id)["HEA"]
        assert health.intro == "Les soins se paient.\nD’avance."
        assert health.pins == (Pin(people.more_health, 1), Pin(people.health, 2))


@pytest.mark.parametrize(
    ("press", "expected"),
    [
        (Press(Verb.UP, "HEA", "b"), ["b@1", "a@1"]),
        (Press(Verb.UP, "HEA", "a"), ["a@1", "b@1"]),
        (Press(Verb.DOWN, "HEA", "a"), ["b@1", "a@1"]),
        (Press(Verb.DOWN, "HEA", "b"), ["a@1", "b@1"]),
        (Press(Verb.REMOVE, "HEA", "a"), ["b@1"]),
        (Press(Verb.NEWEST, "HEA", "a"), ["a@2", "b@1"]),
        (Press(Verb.NEWEST), ["a@2", "b@1"]),
        (Press(Verb.UP, "HOU", "b"), ["a@1", "b@1"]),
    ],
)
def test_a_button_moves_one_text_and_keeps_what_was_typed(at_desk: AtDesk, people, press, expected):
    names = {"a": people.health, "b": people.more_health, "": ""}
    pins = {"HEA": [people.health, people.more_health]}
    with at_desk() as session:
        edition = make_draft(session, people.author, pins)
        pressed = Press(press.verb, press.group, names[press.ref])
        save_edition(
            session, people.author, edition.id, edition.version, drafts(pins, {"HEA": "Tapé"}), now(), [pressed]
        )
    with at_desk() as session:
        health = stored(session, edition.id)["HEA"]
        assert [str(pin) for pin in health.pins] == [names[one[0]] + one[1:] for one in expected]
        assert health.intro == "Tapé"


def test_adding_pins_the_current_version_at_the_end(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.more_health]})
        save_edition(session, people.author, edition.id, edition.version, drafts({"HEA": [people.more_health]}), now(),
                     [Press(Verb.ADD, "HEA", people.health)])  # fmt: skip
    with at_desk() as session:
        assert stored(session, edition.id)["HEA"].pins == (Pin(people.more_health, 1), Pin(people.health, 2))


@pytest.mark.parametrize(
    "values",
    [
        {"country": "GIN"},
        {"state": "withdrawn"},
        {"state": "on_hold"},
        {"information_date": TODAY - timedelta(days=400)},
    ],
)
def test_what_is_elsewhere_held_withdrawn_or_expired_cannot_be_added(at_desk: AtDesk, people, scene, values):
    ref = make_text(scene, "HEA", **values)
    scene.commit()
    with at_desk() as session:
        edition = make_draft(session, people.author, {})
    for sent, presses in ((drafts({}), [Press(Verb.ADD, "HEA", ref)]), (drafts({"HEA": [ref]}), [])):
        with at_desk() as session, pytest.raises(Incomplete) as refused:
            save_edition(session, people.author, edition.id, edition.version, sent, now(), presses)
        assert list(refused.value.problems) == ["sections-7-add"]


def test_an_unknown_version_or_text_cannot_be_pinned(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {})
    for pin in (Pin(people.health, 9), Pin("COD-HEA-9999", 1)):
        with at_desk() as session, pytest.raises(Incomplete):
            save_edition(session, people.author, edition.id, edition.version, drafts({"HEA": [pin]}), now())


def test_a_text_stands_in_a_sheet_once(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.health]})
    twice = drafts({"HEA": [people.health], "SOC": [people.health]})
    with at_desk() as session, pytest.raises(Incomplete) as refused:
        save_edition(session, people.author, edition.id, edition.version, twice, now())
    assert list(refused.value.problems) == ["sections-9-add"]


def test_a_pinned_text_that_was_withdrawn_since_may_stay_while_one_writes(at_desk: AtDesk, people, scene):
    pins = {"HEA": [people.health]}
    with at_desk() as session:
        edition = make_draft(session, people.author, pins)
    change_text(scene, people.health, state="withdrawn")
    scene.commit()
    with at_desk() as session:
        saved = save_edition(
            session, people.author, edition.id, edition.version, drafts(pins, {"HEA": "Encore"}), now()
        )
        session.flush()
        version = saved.version
    with at_desk() as session, pytest.raises(Incomplete) as refused:
        send_edition(session, people.author, edition.id, version, now(), gaps_known=True)
    assert list(refused.value.problems) == ["sections-7-pins"]


def test_a_long_intro_is_refused_beside_its_field(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {})
    with at_desk() as session, pytest.raises(Incomplete) as refused:
        save_edition(session, people.author, edition.id, edition.version, drafts({}, {"ACC": "x" * 2001}), now())
    assert list(refused.value.problems) == ["sections-0-intro"]


def test_a_save_from_an_older_version_is_refused(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.health]})
    with at_desk() as session, pytest.raises(EditConflict) as refused:
        save_edition(session, people.other, edition.id, edition.version - 1, drafts({}), now())
    assert refused.value.current_version == edition.version


def test_everyone_who_saved_is_remembered_as_a_writer(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.health]})
        save_edition(session, people.other, edition.id, edition.version, drafts({}), now())
    with at_desk() as session:
        assert session.get_one(Edition, edition.id).co_author_ids == [people.other.id]


def test_saving_what_stands_changes_nothing(at_desk: AtDesk, people):
    pins = {"HEA": [people.health]}
    with at_desk() as session:
        edition = make_draft(session, people.author, pins)
        send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True)
        session.flush()
        version = edition.version
        save_edition(session, people.other, edition.id, version, drafts(pins), now())
    with at_desk() as session:
        row = session.get_one(Edition, edition.id)
        assert (row.version, row.state, row.co_author_ids) == (version, "in_review", [])


def test_a_change_after_sending_takes_the_edition_back_from_approval(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.health]})
        send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True)
        session.flush()
        assert (edition.state, edition.approved_hash is None) == ("in_review", False)
        save_edition(session, people.author, edition.id, edition.version, drafts({"HOU": [people.housing]}), now())
    with at_desk() as session:
        row = session.get_one(Edition, edition.id)
        assert (row.state, row.approved_hash) == ("draft", None)
        assert "edition.rework" in kinds(session, edition.id)


def test_an_edition_can_be_taken_back_by_hand(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {"HEA": [people.health]})
        send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True)
        session.flush()
        rework_edition(session, people.other, edition.id, edition.version, now())
        session.flush()
        assert (edition.state, edition.approved_hash) == ("draft", None)


def test_an_edition_that_is_given_up_makes_room_for_another_and_leaves_the_published_one(at_desk: AtDesk, people):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health]})
        second = make_draft(session, people.author, {"HOU": [people.housing]})
        session.flush()
        discard_edition(session, people.other, second.id, second.version, now())
    with at_desk() as session:
        assert session.get_one(Edition, second.id).state == "discarded"
        third = begin_edition(session, people.author, "COD", "fr", now())
        session.flush()
        assert third.id != second.id
        assert [pin.ref for section in third.sections for pin in section.pins] == [people.health]
        again = session.get_one(Edition, second.id)
        with pytest.raises(OutOfTurn):
            discard_edition(session, people.author, again.id, again.version, now())


def test_an_empty_sheet_and_words_about_a_person_are_not_sent(at_desk: AtDesk, people):
    with at_desk() as session:
        edition = make_draft(session, people.author, {}, {"SOC": "Madame Marie Kabongo aide, au +243 812 345 678."})
    with at_desk() as session, pytest.raises(Incomplete) as refused:
        send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True)
    assert set(refused.value.problems) == {"sections", "sections-9-intro"}


def test_what_is_published_can_no_longer_be_written_in(at_desk: AtDesk, people):
    with at_desk() as session:
        make_sheet(session, people.author, people.other, {"HEA": [people.health]})
        edition = session.scalars(select(Edition)).one()
    for do in (
        lambda session: save_edition(session, people.author, edition.id, edition.version, drafts({}), now()),
        lambda session: send_edition(session, people.author, edition.id, edition.version, now(), gaps_known=True),
        lambda session: rework_edition(session, people.author, edition.id, edition.version, now()),
    ):
        with at_desk() as session, pytest.raises(OutOfTurn):
            do(session)
