"""What forms and pages read of the vocabulary."""

import pytest

from workflows.vocabulary.loader import load_vocabulary
from workflows.vocabulary.models import Country, Topic
from workflows.vocabulary.queries import TopicGroup, TopicTerm, countries, country, facets, regions, topic, topics


@pytest.fixture
def loaded(session):
    load_vocabulary(session)
    return session


def test_countries_come_in_the_alphabetical_order_of_the_reader(loaded):
    english = [term.name("en") for term in countries(loaded)]
    french = [term.name("fr") for term in countries(loaded, "fr")]
    assert english == sorted(english)
    assert french.index("Cameroun") < french.index("Équateur") < french.index("Géorgie")
    assert len(english) == len(french) == 25


def test_a_sleeping_country_is_not_offered_but_still_has_its_name(loaded):
    loaded.get(Country, "NPL").active = False
    assert "NPL" not in {term.iso3 for term in countries(loaded)}
    assert "NPL" in {term.iso3 for term in countries(loaded, sleeping_too=True)}
    assert country(loaded, "npl").name("fr") == "Népal"


def test_topics_are_a_tree_in_the_order_of_the_sheets(loaded):
    tree = topics(loaded)
    assert [group.code for group in tree] == ["ACC", "CIV", "SEC", "MOV", "HOU", "WOR", "BUS", "HEA", "EDU", "SOC"]
    assert sum(len(group.topics) for group in tree) == 49
    assert [term.code for term in tree[4].topics][:2] == ["HOU-rent", "HOU-shelter"]


def test_a_sleeping_topic_is_not_offered(loaded):
    loaded.get(Topic, "HOU-rent").active = False
    offered = {term.code for group in topics(loaded) for term in group.topics}
    assert len(offered) == 48
    assert "HOU-rent" not in offered


def test_one_code_finds_a_topic_or_a_group(loaded):
    assert isinstance(topic(loaded, "HEA-medicines"), TopicTerm)
    assert isinstance(topic(loaded, "HEA"), TopicGroup)
    assert len(topic(loaded, "HEA").topics) == 6
    assert topic(loaded, "nothing") is None
    assert country(loaded, "ZZZ") is None


def test_facets_and_regions_come_in_their_order(loaded):
    assert [term.code for term in facets(loaded)][:2] == ["unaccompanied-minor", "single-parent"]
    assert len(facets(loaded)) == 13
    assert [term.code for term in regions(loaded)] == ["AFR", "MEN", "ASI", "EUR", "AME"]


@pytest.mark.parametrize("language", ["de", "xx-YY", "", "code", "../en"])
def test_a_language_without_names_reads_english(loaded, language):
    assert country(loaded, "COD").name(language) == "DR Congo"


@pytest.mark.parametrize(("language", "name"), [("fr", "RD Congo"), ("fr-BE", "RD Congo"), ("FR_be", "RD Congo")])
def test_a_regional_language_reads_its_main_one(loaded, language, name):
    assert country(loaded, "COD").name(language) == name


def test_rows_outlive_their_session(loaded):
    terms = countries(loaded)
    loaded.expunge_all()
    assert all(term.name("ar") for term in terms)
