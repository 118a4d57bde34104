"""What the page of an answer says of the texts that it used, once they were taken back or corrected in one language."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.http.public.conftest import fresh, open_status
from tests.http.public.test_follow import answered_with
from tests.published import correct
from tests.requesters import publish
from workflows.core.clock import now


@pytest.mark.parametrize("state", ["withdrawn", "retracted"])
def test_why_a_text_was_taken_back_stands_with_the_answer_that_used_it(public, scene, state):
    question = fresh(scene, state="answered")
    publish(scene, "COD-HEA-0001", state=state, notice="Les prix étaient <faux>.")
    answered_with(scene, question, **{state: now()})
    said = '<p lang="fr" dir="auto">Les prix étaient &lt;faux&gt;.</p>'
    for page in (open_status(public, scene, question).text, public.get(f"/en/q/answer/{question.id}").text):
        assert said in page
    with ZipFile(BytesIO(public.get(f"/en/q/answer/{question.id}.docx").data)) as file:
        assert "Les prix étaient &lt;faux&gt;." in file.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("lang", "said", "led"),
    [
        ("en", "Its original was retracted: it was wrong.", "Read what became of it"),
        ("fr", "Son original a été rétracté", "Lire ce qu’il est devenu"),
        ("nl", "Het origineel is herroepen", "Lees wat ervan werd"),
        ("ar", "أُلغي النص الأصلي", "اقرأ ما آل إليه"),
    ],
)
def test_where_nobody_translated_the_reason_the_answer_says_so_and_leads_to_the_original(
    public, scene, lang, said, led
):
    question = fresh(scene, state="answered")
    publish(scene, "COD-HEA-0001", language="en", state="retracted", notice="The prices were wrong.")
    publish(scene, "COD-HEA-0002", state="retracted", source_ref="COD-HEA-0001", source_number=1)
    answered_with(scene, question, "COD-HEA-0002", retracted=now())
    for page in (open_status(public, scene, question, lang).text, public.get(f"/{lang}/q/answer/{question.id}").text):
        assert "The prices were wrong." not in page
        assert page.index(said) < page.index('/e/COD-HEA-0001">') < page.index(led) + len(led)


@pytest.mark.parametrize(
    ("lang", "said", "not_said"),
    [
        ("en", "The translation is still the old one: read the original.", "Read the new version."),
        ("fr", "La traduction est encore l’ancienne", "Lisez la nouvelle version."),
        ("nl", "De vertaling is nog de oude", "Lees de nieuwe versie."),
        ("ar", "والترجمة ما زالت القديمة", "اقرأ النص الجديد."),
    ],
)
def test_nobody_is_sent_to_a_new_version_in_a_language_that_has_none(public, scene, lang, said, not_said):
    question = fresh(scene, state="answered")
    publish(scene, "COD-HEA-0001", language="nl")
    publish(scene, "COD-HEA-0001", 2, language="nl")
    publish(scene, "COD-HEA-0002", source_ref="COD-HEA-0001", source_number=1)
    publish(scene, "COD-HEA-0002", 2, source_ref="COD-HEA-0001", source_number=1)  # other words, the same mistake
    correct(scene, "COD-HEA-0001", 2, "De prijs was per week.")
    answered_with(scene, question, "COD-HEA-0002", corrected=now())
    page = open_status(public, scene, question, lang).text
    assert (said in page, not_said in page) == (True, False)
    assert ("/e/COD-HEA-0001/v2" in page, "/e/COD-HEA-0002/v2" in page) == (True, False)
    publish(scene, "COD-HEA-0002", 3, source_ref="COD-HEA-0001", source_number=2)
    scene.commit()
    page = public.get(f"/{lang}/q/status").text
    assert (said in page, not_said in page) == (False, True)
    assert ("/e/COD-HEA-0001/v2" in page, "/e/COD-HEA-0002/v3" in page) == (False, True)
