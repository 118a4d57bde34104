"""What a second person let stand is offered as it was read: other points, or facts in the terms, are not."""

import pytest

from tests.factories import make_partner, make_question, make_staff
from tests.workflows.requests.test_second_reading import RARE, clear, offer
from workflows.core.errors import Incomplete
from workflows.requests.second_reading import TOLD_HERE

OTHER = "Une veuve séropositive avec trois enfants, dont l’aîné est sourd, peut-elle être suivie ?"


@pytest.fixture
def partner(scene):
    made = make_partner(scene, "COD")
    scene.commit()
    return made


@pytest.fixture
def read(at_desk, scene):
    """A question with a rare combination that a second person let stand."""
    row = make_question(scene, state="triaged", points=RARE.points, place=RARE.place, topics=list(RARE.topics))
    second = make_staff(scene)
    scene.commit()
    clear(at_desk, second, row)
    return row


@pytest.fixture
def officer(scene):
    made = make_staff(scene)
    scene.commit()
    return made


@pytest.mark.parametrize(
    "offered",
    [
        {"points": (OTHER,)},
        {"points": (*RARE.points, OTHER)},
        {"points": (RARE.points[0].replace("épileptique", "épileptique et séropositive"),)},
        {"terms": "Elle est enceinte et son mari est en prison."},
        {"terms": "Son mari est en prison."},
        {"effort": "Trois jours, car elle est aussi séropositive."},
        {"points": (OTHER,), "terms": "Elle est enceinte et son mari est en prison."},
    ],
    ids=str,
)
def test_what_a_second_person_read_lets_no_other_words_through(at_desk, officer, read, partner, offered):
    with pytest.raises(Incomplete) as refused:
        offer(at_desk, officer, read, partner, **offered)
    assert refused.value.problems == {"rare": TOLD_HERE}


def test_terms_without_new_facts_go_beside_what_a_second_person_read(at_desk, officer, read, partner):
    terms = "Prix par mois, s’il vous plaît. Une crise d’épilepsie demande quels soins, à Boma ?"
    made = offer(at_desk, officer, read, partner, terms=terms, effort="Deux jours, avec un déplacement")
    assert (made.state, made.terms) == ("offered", terms)


def test_of_what_was_read_less_may_be_offered(at_desk, scene, officer, partner):
    row = make_question(scene, state="triaged", points=(*RARE.points, "Et ?"), place=RARE.place)
    second = make_staff(scene)
    scene.commit()
    clear(at_desk, second, row)
    assert offer(at_desk, officer, row, partner).state == "offered"
