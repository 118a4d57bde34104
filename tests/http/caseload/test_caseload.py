"""The counsellors' pages: the table, the form, one case, the code, the export behind a fresh second factor."""

import csv
import io
import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from config import policy
from tests.factories import make_counsellor, make_question, make_request
from tests.held_back import leads_to_why
from tests.requesters import LONG_ENOUGH, ask_back, send_reply
from tests.sites import Browser
from web_kit.spreadsheet import as_csv, plain
from workflows.accounts.models import Credential
from workflows.core.calendars import HELPDESK
from workflows.core.clock import now
from workflows.core.events import Event
from workflows.requests.models import Request


def a_case(scene: Session, counsellor, label="B.M.", **values) -> Request:
    return make_request(scene, counsellor_id=counsellor.id, label=label, contact=None, code_key_version=0, **values)


def ticket_of(browser: Browser) -> str:
    return re.search(r'name="ticket"[^>]*value="([^"]+)"', browser.get("/en/caseload/new").text)[1]


def typed(browser: Browser, **values) -> dict:
    given = {"ticket": ticket_of(browser), "label": "B.M.", "questions-0-text": LONG_ENOUGH, "questions-0-country": "COD",
             "questions-0-place": "", "language": "fr", "consent": "y"}  # fmt: skip
    return given | values


def test_the_bare_address_leads_a_stranger_to_the_log_in(caseload: Browser) -> None:
    assert caseload.get("/").status_code == 303
    assert "/login?next=/en/caseload" in caseload.get("/en/caseload").headers["Location"].replace("%2F", "/")


def test_the_log_in_page_speaks_the_language_that_is_chosen(caseload: Browser) -> None:
    assert caseload.get("/login").text.count("/language/fr") == 1
    caseload.get("/language/fr?next=/login")
    assert 'lang="fr"' in caseload.get("/login").text


def test_asking_leads_to_the_case_and_into_the_table(signed_in: Browser) -> None:
    form = typed(signed_in)
    first = signed_in.post("/en/caseload/new", form)
    assert first.status_code == 303
    assert signed_in.post("/en/caseload/new", form).headers["Location"] == first.headers["Location"]
    assert "B.M." in signed_in.get(first.headers["Location"]).text
    table = signed_in.get("/en/caseload").text
    assert table.count("B.M.") == 1
    assert LONG_ENOUGH not in table


def test_what_is_wrong_keeps_what_was_typed(signed_in: Browser) -> None:
    answer = signed_in.post("/en/caseload/new", typed(signed_in, consent="", **{"questions-0-text": "short"}))
    assert answer.status_code == 422
    assert all(words in answer.text for words in ("short", "B.M.", "Write a little more"))


def test_what_is_wrong_is_said_of_somebody_elses_question(signed_in: Browser) -> None:
    for language, own in (("en", ("Your question", "your yes")), ("fr", ("Votre question", "votre oui"))):
        signed_in.get(f"/language/{language}?next=/{language}/caseload/new")
        sent = typed(signed_in, consent="", **{"questions-0-text": ""})
        answer = signed_in.post(f"/{language}/caseload/new", sent)
        errors = answer.text[answer.text.index('id="errors"') :]
        assert answer.status_code == 422
        assert not any(words in errors for words in own)
    assert "La question" in errors


def test_what_may_point_to_a_person_is_sent_only_when_it_is_needed(signed_in: Browser) -> None:
    form = typed(signed_in, **{"questions-0-text": "Can Mr Kalala be called on +243 812 345 678 from Goma?"})
    asked = signed_in.post("/en/caseload/new", form)
    assert (asked.status_code, "+243 812 345 678</bdi></mark>" in asked.text) == (422, True)
    assert signed_in.post("/en/caseload/new", form | {"read_again": "y"}).status_code == 303


def test_no_more_is_searched_than_a_question_may_be_long(signed_in: Browser, monkeypatch) -> None:
    searched = []
    for place in ("webapp.asking.find", "workflows.requests.outgoing.find"):
        monkeypatch.setattr(place, lambda words, *_rest: searched.append(len(words)) or ())
    answer = signed_in.post("/en/caseload/new", typed(signed_in, **{"questions-0-text": "12 " * 10_000}))
    assert answer.status_code == 422
    assert searched
    assert max(searched) == policy.ORIGINAL_TEXT_MAX


def test_the_table_is_in_the_order_of_asking_whatever_the_dates_beside_it_and_says_so(signed_in, scene, counsellor):
    for label, days in (("older", 3), ("newer", 1)):
        case = a_case(scene, counsellor, label, received_at=now() - timedelta(days=days))
        make_question(scene, case, promised_by=HELPDESK.local_day(now()) + timedelta(days=4 - days))
    scene.commit()
    table = signed_in.get("/en/caseload").text
    assert table.index(">newer<") < table.index(">older<")
    assert "Sorted by the day you asked, newest first." in table


def test_too_many_in_an_hour_wait_and_lose_nothing(signed_in: Browser, monkeypatch) -> None:
    for _ in range(int(policy.ASKS_PER_COUNSELLOR.split()[0])):
        assert signed_in.post("/en/caseload/new", typed(signed_in)).status_code == 303
    answer = signed_in.post("/en/caseload/new", typed(signed_in))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert leads_to_why(answer.text)
    assert LONG_ENOUGH in answer.text


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_the_table_says_state_and_who_acts_next_and_finds_by_label(
    signed_in: Browser, scene: Session, counsellor, language: str
) -> None:
    make_question(scene, a_case(scene, counsellor, "first"))
    ask_back(scene, make_question(scene, a_case(scene, counsellor, "second")), at=now())
    scene.commit()
    everything = signed_in.get(f"/{language}/caseload").text
    assert "first" in everything
    assert "second" in everything
    mine = signed_in.get(f"/{language}/caseload?show=yours").text
    assert "second" in mine
    assert ">first<" not in mine
    assert ">second<" not in signed_in.get(f"/{language}/caseload?label=FIR").text
    assert signed_in.get(f"/{language}/caseload?show=odd&after=odd~odd&label=%00").status_code == 200


@pytest.mark.parametrize("many", [3, 300])
def test_the_table_has_a_budget(signed_in: Browser, scene: Session, counsellor, many: int) -> None:
    for number in range(many):
        make_question(scene, a_case(scene, counsellor, f"case {number}"))
    scene.commit()
    signed_in.get("/en/caseload")
    with signed_in.statements() as seen:
        assert signed_in.get("/en/caseload?label=case").status_code == 200
    assert len(seen) <= 7


def test_a_reply_of_ours_is_read_and_a_question_of_ours_answered(
    signed_in: Browser, scene: Session, counsellor
) -> None:
    request = a_case(scene, counsellor)
    asked, answered = make_question(scene, request), make_question(scene, request, number=2)
    ask_back(scene, asked, "Every day?", at=now())
    send_reply(scene, answered, "Two pharmacies have it.")
    scene.commit()
    case = f"/en/caseload/{request.id}"
    page = signed_in.get(case).text
    assert "Every day?" in page
    assert "Two pharmacies have it." in page
    assert signed_in.post(f"{case}/clarify/{asked.id}", {"reply": ""}).status_code == 422
    assert signed_in.post(f"{case}/clarify/{asked.id}", {"reply": "Twice a day."}).status_code == 303
    late = signed_in.post(f"{case}/clarify/{asked.id}", {"reply": "Too late."})
    assert late.status_code == 409
    assert "Too late." in late.text


def test_a_question_of_one_case_is_not_reached_through_another(signed_in: Browser, scene: Session, counsellor) -> None:
    here, there = a_case(scene, counsellor), a_case(scene, counsellor)
    question = make_question(scene, there)
    make_question(scene, here)
    scene.commit()
    for method, path in (("get", "withdraw"), ("post", "withdraw"), ("post", "clarify"), ("post", "reopen")):
        answer = getattr(signed_in, method)(f"/en/caseload/{here.id}/{path}/{question.id}", data={"reply": "x"}) \
            if method == "post" else signed_in.get(f"/en/caseload/{here.id}/{path}/{question.id}")  # fmt: skip
        assert answer.status_code == 404, (method, path)


def test_withdrawing_asks_first_and_deleting_erases(signed_in: Browser, scene: Session, counsellor) -> None:
    request = a_case(scene, counsellor)
    question = make_question(scene, request)
    scene.commit()
    case = f"/en/caseload/{request.id}"
    assert signed_in.get(f"{case}/withdraw/{question.id}").status_code == 200
    assert signed_in.post(f"{case}/withdraw/{question.id}").status_code == 303
    assert signed_in.get(f"{case}/withdraw/{question.id}").status_code == 409
    assert signed_in.get(f"{case}/delete").status_code == 200
    assert signed_in.post(f"{case}/delete").status_code == 303
    assert "was deleted" in signed_in.get(case).text
    scene.refresh(request)
    assert request.label_sealed is None


def test_a_case_that_was_deleted_is_in_no_list_and_no_file_and_nothing_says_that_it_will_be(
    signed_in: Browser, scene: Session, counsellor
) -> None:
    enrolled(scene, counsellor)
    request = a_case(scene, counsellor)
    for number in (1, 2):
        make_question(scene, request, number=number, country="COD")
    make_question(scene, a_case(scene, counsellor, "Z.Z."), country="COD")
    scene.commit()
    assert len(export(signed_in)) == 4
    signed_in.post(f"/en/caseload/{request.id}/delete")
    table = signed_in.get("/en/caseload").text
    assert "We deleted everything about this person." in table
    assert (table.count("DR Congo"), "Z.Z." in table, "No label" in table) == (1, True, False)
    for show in ("all", "over"):
        assert "will be deleted" not in signed_in.get(f"/en/caseload?show={show}").text
    assert len(export(signed_in)) == 2
    case = signed_in.get(f"/en/caseload/{request.id}").text
    assert "Everything about this case was deleted." in case
    assert "We will delete your question on" not in case


def test_a_label_is_changed_and_too_long_a_one_refused(signed_in: Browser, scene: Session, counsellor) -> None:
    request = a_case(scene, counsellor)
    make_question(scene, request)
    scene.commit()
    case = f"/en/caseload/{request.id}"
    assert signed_in.post(f"{case}/label", {"label": "x" * 121}).status_code == 422
    assert signed_in.post(f"{case}/label", {"label": "K.L."}).status_code == 303
    assert "K.L." in signed_in.get(case).text


def enrolled(scene: Session, counsellor) -> None:
    scene.add(Credential(account_id=counsellor.id, site="caseload", login="c", factor_sealed=b"", factor_counter=0,
                         active=True))  # fmt: skip


def export(browser: Browser) -> list[list[str]]:
    answer = browser.get("/en/caseload.csv")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="caseload.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_export_holds_labels_and_states_and_no_formula(signed_in: Browser, scene: Session, counsellor) -> None:
    enrolled(scene, counsellor)
    case = a_case(scene, counsellor, '=HYPERLINK("x")')
    make_question(scene, case, country="COD", points=("Is there insulin?",), state="closed", closed_at=now())
    make_question(scene, a_case(scene, make_counsellor(scene), "somebody else's"))
    scene.commit()
    head, row = export(signed_in)
    assert row[0] == '\'=HYPERLINK("x")'
    told = dict(zip(head, row, strict=True))
    assert (told["Country"], told["State"], told["Who acts next"]) == (
        "DR Congo",
        "This question is closed",
        "We stop here.",
    )
    assert told["Will be deleted on"] == str(HELPDESK.local_day(now()) + timedelta(days=policy.ERASURE_DAYS))
    kinds = scene.scalars(select(Event.kind).where(Event.actor_id == counsellor.id)).all()
    assert kinds == ["reading.caseload_export"]


def test_an_export_asks_for_the_second_factor_when_it_was_shown_long_ago(
    signed_in: Browser, scene: Session, counsellor
) -> None:
    enrolled(scene, counsellor)
    long_ago = now() - policy.STEP_UP_VALID - timedelta(seconds=1)
    scene.execute(text("update authn.session set created_at = :then"), {"then": long_ago})
    scene.commit()
    answer = signed_in.get("/en/caseload.csv")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/login/again")
    assert signed_in.get("/login/again").status_code == 200
    assert signed_in.post("/login/again", {"code": ""}).status_code == 400


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


def test_a_plain_cell_stays_as_it_is() -> None:
    assert [plain("B.M."), plain(None), plain(3)] == ["B.M.", "", "3"]
    assert as_csv(iter([("é", 1)])) == b"\xef\xbb\xbf" + "é,1\r\n".encode()


def test_somebody_elses_case_is_not_found(signed_in: Browser, scene: Session) -> None:
    other = a_case(scene, make_counsellor(scene))
    scene.commit()
    assert signed_in.get(f"/en/caseload/{other.id}").status_code == 404
    assert signed_in.get(f"/en/caseload/{UUID(int=1)}").status_code == 404
