"""Several questions of one request are told apart before a neutral text says what each of them asks."""

import re

from tests.http.public.conftest import fresh, open_status
from workflows.requests.models import Request


def test_several_questions_are_told_apart_by_country_and_topic_until_they_are_written_neutrally(public, scene):
    request = fresh(
        scene, country="COD", topics=["HEA-medicines"], original="Where does my aunt find insulin?"
    ).request_id
    for number, values in ((2, {"country": "ARM", "topics": []}), (3, {"country": None, "topics": ["HOU-rent"]})):
        fresh(scene, scene.get_one(Request, request), number=number, original="Who is it?", **values)
    scene.commit()
    public.sign_in(request)
    said = [
        " ".join(one.split())
        for one in re.findall(r'<p class="eyebrow">(Question [^<]+)</p>', public.get("/fr/q/status").text)
    ]
    assert said == [
        "Question 1 sur 3 · RD Congo, Médicaments",
        "Question 2 sur 3 · Arménie",
        "Question 3 sur 3 · Loyers et prix",
    ]
    assert "insulin" not in public.get("/en/q/status").text
    assert "الكونغو الديمقراطية، الأدوية" in public.get("/ar/q/status").text


def test_of_a_single_question_nothing_is_said_to_tell_it_apart(public, scene):
    page = open_status(public, scene, fresh(scene, country="COD", topics=["HEA-medicines"])).text
    assert "Medicines" not in page
