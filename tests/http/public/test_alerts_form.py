"""The form that asks for letters, before anything is chosen in it."""

import re

import pytest

from tests.subscribers import asking


@pytest.mark.parametrize(
    ("lang", "choose", "every"),
    [("en", "Choose a country", "Every country"), ("ar", "اختر بلدًا", "كل البلدان")],
)
def test_a_form_about_nothing_asks_to_choose_and_does_not_seem_complete(public, lang, choose, every):
    page = public.get(f"/{lang}/alerts").text
    assert f'<option selected value="">{choose}</option>' in page
    assert every not in page
    assert public.get(f"/{lang}/alerts?topic=HEA").text.count(f'<option selected value="">{every}</option>') == 1
    hint = re.search('<span class="hint" id="country-hint">([^<]+)<', page)[1]
    refused = public.post(f"/{lang}/alerts", asking(public, country="")).text
    assert refused.count(hint) == 3  # as the hint, beside the field and above the form
