"""What is published already answers a question, at once, in real browsers; and what is stale does not."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.e2e.conftest import Make, Sits, both_ways
from tests.e2e.scenes import POINT, asked
from tests.excerpts import published, recent
from tests.factories import make_partner, make_staff
from tests.published import make_published
from workflows.core import clock
from workflows.excerpts.models import PublishedExcerpt
from workflows.replies.models import Reply

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
ABOUT = {"language": "en", "title": "Insulin in Kinshasa", "summary": "Two of three pharmacies had premixed insulin.",
         "body": "## Where\n\nIn the larger pharmacies. [1]"}  # fmt: skip


@both_ways
def test_a_published_text_answers_a_new_question_and_counts_as_reuse(
    sits: Sits, person: Make, sites: dict[str, str], scene: Session
) -> None:
    officer, ref = make_staff(scene), make_published(scene, **ABOUT)
    one = asked(scene, original="My sister Rose needs premixed insulin in Kinshasa. Is it sold there?", matched=None)
    scene.commit()

    desk = sits("officer", officer.id)
    desk.goes_to("/desk/questions")
    desk.follows("Not read yet", exact=False)
    desk.presses("Copy the original, its 1 detail replaced")
    assert "Rose" not in desk.page.get_by_label("Q1").input_value()
    desk.writes("Q1", POINT)
    desk.presses("Finish triage")
    desk.reads("Triage is finished.")
    desk.presses("What we have already", exact=False)
    desk.reads("Two of three pharmacies had premixed insulin.")
    desk.follows("This answers it")
    assert desk.page.locator(f"input[value={ref}]").is_checked()
    desk.writes("Your reply", "Yes, it is sold there. Read this:")
    desk.presses("Send the reply")
    desk.reads("The reply is on its way.")
    desk.reads("from what was published")
    assert scene.scalars(select(Reply.from_database)).all() == [True]

    asker = person("asker")
    asker.enters(sites["public"], one.code)
    asker.reads("Your answer is here")
    asker.reads("Yes, it is sold there.")
    asker.follows("Insulin in Kinshasa")
    asker.reads("In the larger pharmacies.")


def test_a_text_that_went_stale_is_refused_as_a_reply_and_the_partner_is_asked_again(
    sits: Sits, scene: Session
) -> None:
    officer, excerpt = make_staff(scene), published(scene, recent(), now=clock.now())
    excerpt.partner_id = make_partner(scene, name="Relais Mokili", languages=["en"]).id
    one = asked(scene, "What does a room cost in Kinshasa?", topics=["HOU-rent"])
    flat = scene.get_one(PublishedExcerpt, excerpt.ref)
    scene.commit()

    desk = sits("officer", officer.id)
    desk.goes_to(f"{one.desk}/reply?ref={excerpt.ref}")
    assert desk.page.locator(f"input[value={excerpt.ref}]").is_checked()
    goes_stale(scene, flat)
    desk.presses("Send the reply")
    desk.reads("out of date")
    assert desk.page.locator(f"input[value={excerpt.ref}]").is_disabled()
    assert scene.scalars(select(Reply)).all() == []

    desk.goes_to(f"{one.desk}/match")
    desk.reads("It is out of date and cannot be sent.")
    desk.misses("This answers it")
    desk.presses("Ask the partner to recheck")
    desk.reads("Offer to Relais Mokili")
    desk.reads("Is this still true?")
    desk.presses("Send the offer")
    desk.reads("Offered. The partner is told.")
    desk.goes_to(f"{one.desk}/match")
    desk.reads("The partner is being asked")


def goes_stale(scene: Session, flat: PublishedExcerpt) -> None:
    today = clock.today()
    flat.information_date = today - timedelta(days=200)
    flat.valid_until, flat.expires_on = today - timedelta(days=2), today + timedelta(days=80)
    scene.commit()
