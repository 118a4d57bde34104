"""A phone forgets its cookies while somebody asks: the text is there, in their language, and one press sends it."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.e2e.conftest import Make, both_ways
from web_kit.app import limiter
from workflows.requests.models import Request

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore::ResourceWarning")]
QUESTION = "هل يوجد الأنسولين في كينشاسا، وكم ثمنه؟"


@both_ways
def test_an_arabic_question_outlives_its_cookies(
    person: Make, sites: dict[str, str], scene: Session, scripts: bool
) -> None:
    limiter.reset()
    asker = person("forgotten")
    asker.page.set_viewport_size({"width": 390, "height": 760})
    asker.home = sites["public"]
    asker.goes_to("/ar/ask")
    asker.takes_time()
    onward = asker.page.locator("main button.go")
    for field, value in [("", ""), ("", ""), ("country", "COD"), ("", ""), ("text", QUESTION), ("", "")]:
        if field:
            control = asker.page.locator(f"main [name='questions-0-{field}']:not([type=hidden])")
            control.fill(value) if field == "text" else control.select_option(value)
        if field == "text":
            asker.context.clear_cookies()
        asker.clicks(onward)
        if field == "text":
            asker.reads("لم يُرسَل بعد")
            asker.reads(QUESTION)
            assert asker.page.url.endswith("/ar/ask/question")
            asker.clicks(onward)
    asker.clicks(onward)
    asker.page.locator("[name=consent]").check()
    asker.context.clear_cookies()
    asker.clicks(onward)
    asker.reads(QUESTION)
    asker.clicks(onward)
    assert asker.page.locator(".receipt").count() == 1
    assert scene.scalar(select(func.count()).select_from(Request)) == 1
