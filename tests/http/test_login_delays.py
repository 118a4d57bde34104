"""Whoever guesses waits, and is told how long; whoever came in from there before does not wait for the guesses of others."""

from tests.http.test_login import guest  # noqa: F401 -- a fixture


def test_too_many_failures_are_told_how_long_to_wait_and_keep_the_name(guest):  # noqa: F811
    guest.enrol()
    for _ in range(5):
        guest.first_step("wrong wrong wrong")
    answer = guest.first_step()
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 2
    assert 'value="ilse"' in answer.text
    assert "Too many tries" in answer.text


def test_a_network_full_of_wrong_guesses_does_not_keep_out_whoever_came_in_from_there_before(guest):  # noqa: F811
    guest.enrol()
    guest.first_step()
    for number in range(75):
        guest.browser.post("/login", {"login": f"nobody-{number}", "password": "wrong wrong wrong"})
    answer = guest.first_step()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login/factor")
