"""A network that asks too often reads how long to wait, and how to go on from where it was."""

import pytest

from config import policy


@pytest.mark.parametrize(("lang", "again"), [("en", "Try again"), ("fr", "Réessayer"), ("ar", "حاول مرة أخرى")])
def test_who_searched_too_often_may_try_the_same_search_again(public, lang, again):
    address = f"/{lang}/search?q=%22a%22%26b&country=COD"
    for _ in range(int(policy.SEARCHES_PER_NETWORK.split()[0])):
        assert public.get(address).status_code == 200
    refused = public.get(address)
    assert refused.status_code == 429
    assert f'<a class="btn" href="/{lang}/search?q=%22a%22%26b&amp;country=COD">{again}</a>' in refused.text


def test_no_other_refusal_offers_the_same_again(public):
    assert "Try again" not in public.get("/en/e/none").text
