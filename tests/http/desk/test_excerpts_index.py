"""The list of excerpts: its order, its filters, its cost."""

import re
from datetime import timedelta

import pytest

from tests.excerpts import drafted, published, recent, sent
from tests.factories import make_staff
from tests.translated import corrected, make_pair
from workflows.core import clock
from workflows.core.actors import Role
from workflows.core.clock import now
from workflows.excerpts.desk import draft_next_version
from workflows.excerpts.publishing import publish_excerpt
from workflows.excerpts.standing import hold_excerpt


def titles(page) -> list[str]:
    return re.findall(r'class="q1"><a [^>]*>([^<]+)</a>', page.text)


def test_the_list_begins_with_what_is_under_work_and_goes_on_with_what_goes_out_of_date_soonest(
    desk, scene, editor
) -> None:
    day = clock.today()
    published(scene, recent(title="Later"), now=now())
    published(scene, recent(title="Sooner", valid_until=day + timedelta(days=3)), now=now())
    rewritten = published(scene, recent(title="Rewritten", valid_until=day + timedelta(days=9)), now=now())
    draft_next_version(scene, editor, rewritten.id, "update", now(), version=rewritten.version)
    drafted(scene, editor, recent(title="Draft"), now=now())
    scene.commit()
    page = desk.get("/desk/excerpts")
    assert titles(page) == ["Draft", "Rewritten", "Sooner", "Later"]
    assert "Being written or waiting for approval first" in page.text


def test_words_find_a_title_a_reference_and_what_is_published(desk, scene, editor) -> None:
    flat = published(scene, recent(title="Loyer d'une chambre"), now=now())
    drafted(scene, editor, recent(title="Électricité à Goma"), now=now())
    scene.commit()

    def found(words: str) -> list[str]:
        return titles(desk.get("/desk/excerpts", query_string={"q": words}))

    assert found("goma électri") == found("Électricité") == ["Électricité à Goma"]
    assert found("LOYER") == ["Loyer d&#39;une chambre"]
    assert found("deposit months") == ["Loyer d&#39;une chambre"]  # in the body, and only of the published one
    assert found(flat.ref.lower()) == ["Loyer d&#39;une chambre"]
    assert len(found(flat.ref[:7])) == 2
    assert found("100%") == found("no such words") == []
    assert len(found("  ")) == 2
    assert desk.get("/desk/excerpts?q=%00").status_code == 200


def test_the_list_is_narrowed_by_view_country_topic_and_freshness(desk, scene, editor) -> None:
    published(scene, recent(title="Rent"), now=now())
    published(scene, recent(title="Soon", valid_until=clock.today() + timedelta(days=1)), now=now())
    held = published(scene, recent(title="Held"), now=now())
    hold_excerpt(scene, editor, held.id, "Somebody doubts it.", None, now(), version=held.version)
    sent(scene, editor, recent(title="Sent"), now=now())
    drafted(scene, editor, recent(title="Guinea"), country="GIN", now=now())
    scene.commit()
    assert set(titles(desk.get("/desk/excerpts?view=published"))) == {"Rent", "Soon"}
    assert titles(desk.get("/desk/excerpts?view=on_hold")) == ["Held"]
    assert titles(desk.get("/desk/excerpts?view=approval")) == ["Sent"]
    assert titles(desk.get("/desk/excerpts?view=writing")) == ["Guinea"]
    assert titles(desk.get("/desk/excerpts?country=GIN")) == ["Guinea"]
    assert titles(desk.get("/desk/excerpts?topic=HEA")) == []
    assert (
        len(titles(desk.get("/desk/excerpts?topic=HOU"))) == len(titles(desk.get("/desk/excerpts?topic=HOU-rent"))) == 5
    )
    assert titles(desk.get("/desk/excerpts?freshness=check_soon")) == ["Soon"]
    assert titles(desk.get("/desk/excerpts?freshness=current")) == ["Rent"]
    assert desk.get("/desk/excerpts?view=nonsense&freshness=x&after=y%00&country=%00").status_code == 200


def test_the_views_count_what_the_filters_let_through(desk, scene, editor) -> None:
    published(scene, recent(title="Rent"), now=now())
    held = published(scene, recent(title="Held"), now=now())
    hold_excerpt(scene, editor, held.id, "Somebody doubts it.", None, now(), version=held.version)
    sent(scene, editor, recent(title="Waits"), now=now())
    drafted(scene, editor, recent(title="Draft"), now=now())
    scene.commit()

    def counts(**asked: str) -> dict[str, int]:
        page = desk.get("/desk/excerpts", query_string=asked).text
        links = re.findall(r'href="/desk/excerpts\?([^"]*)"[^>]*>([A-Z][a-z ]+)[^<]*<[^>]*>\s*(\d+)', page)
        return {name.strip(): int(many) for _address, name, many in links}

    every = {"All": 4, "Being written": 1, "Waiting for approval": 1, "Approved for a day": 0, "Published": 1,
             "On hold": 1, "Taken back": 0, "Archived": 0}  # fmt: skip
    assert counts() == counts(country="COD", topic="HOU") == every
    assert counts(view="approval", country="SOM") == dict.fromkeys(every, 0)
    assert counts(topic="HEA") == dict.fromkeys(every, 0)
    assert counts(q="Waits") == dict.fromkeys(every, 0) | {"All": 1, "Waiting for approval": 1}
    assert counts(freshness="current") == dict.fromkeys(every, 0) | {"All": 1, "Published": 1}
    titled = titles(desk.get("/desk/excerpts?view=approval&q=Waits"))
    assert titled == ["Waits"]


def test_what_is_approved_for_a_day_stands_apart_with_its_day_and_waits_for_nobody(desk, scene, editor) -> None:
    sent(scene, editor, recent(title="Sent"), now=now())
    planned = sent(scene, editor, recent(title="Planned"), now=now())
    day = clock.today() + timedelta(days=9)
    publish_excerpt(scene, make_staff(scene, Role.EDITOR), planned.id, planned.version, now(), on=day)
    scene.commit()
    assert titles(desk.get("/desk/excerpts?view=approval")) == ["Sent"]
    page = desk.get("/desk/excerpts?view=planned")
    assert titles(page) == ["Planned"]
    assert f'datetime="{day.isoformat()}' in page.text
    assert set(titles(desk.get("/desk/excerpts"))) == {"Sent", "Planned"}


@pytest.mark.parametrize("query", ["", "?q=te"])
def test_the_list_costs_seven_statements_and_is_paged(desk, scene, editor, query) -> None:
    def cost() -> int:
        with desk.statements() as seen:
            assert desk.get(f"/desk/excerpts{query}").status_code == 200
        return len(seen)

    for number in range(3):
        drafted(scene, editor, recent(title=f"Text {number}"), now=now())
    scene.commit()
    few = cost()
    for number in range(297):
        drafted(scene, editor, recent(title=f"Text {number + 3}"), now=now())
    scene.commit()
    assert few == cost() <= 7
    seen, address = [], f"/desk/excerpts{query}"
    while address:
        page = desk.get(address)
        seen += titles(page)
        found = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 300


def test_a_view_with_very_many_texts_is_not_counted_to_the_end(desk, scene, editor, monkeypatch) -> None:
    for module in ("workflows.excerpts.desk_queries", "webapp.desk.excerpts"):
        monkeypatch.setattr(f"{module}.COUNTED_TO", 2)
    for _ in range(4):
        published(scene, recent(), now=now())
    drafted(scene, editor, recent(), now=now())
    scene.commit()
    counts = re.findall(r'<span class="num faint nowrap">([^<]+)</span>', desk.get("/desk/excerpts").text)
    assert counts[:5] == ["2+", "1", "0", "0", "2+"]


def test_a_translation_of_what_was_wrong_is_found_as_such_and_not_as_current(desk, scene) -> None:
    pair = make_pair(scene)
    scene.commit()
    desk.sign_in(pair.editor.id)
    english, french = "Rent for a one-bedroom home", "Le loyer"
    assert english in titles(desk.get("/desk/excerpts?freshness=current"))
    corrected(scene, pair, "Les prix étaient d’un autre quartier.")
    scene.commit()
    assert titles(desk.get("/desk/excerpts?freshness=current")) == [french]
    page = desk.get("/desk/excerpts?freshness=corrected")
    assert titles(page) == [english]
    assert '<span class="vh">Corrected since: </span>' in page.text
    hold_excerpt(scene, pair.editor, pair.french.id, "Un doute.", None, now(), version=pair.french.version)
    scene.commit()
    assert titles(desk.get("/desk/excerpts?freshness=corrected")) == []
    assert desk.get("/desk/excerpts").text.count('<span class="vh">Being checked: </span>') == 1
