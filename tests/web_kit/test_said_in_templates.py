"""What a template says, it says in the language of the page, and whatever is filled in is escaped."""

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale

SAYS = "{{ _('Contents') }}"


@pytest.mark.parametrize("around", [SAYS, "{% for one in 'ab' %}" + SAYS + "{% endfor %}"])
def test_a_sentence_said_before_in_one_language_is_said_in_that_of_the_page(desk_app: Flask, around: str) -> None:
    times = around.count("for one") + 1
    for language, said in (("fr", "Table des matières"), ("en", "Contents"), ("fr", "Table des matières")):
        with desk_app.test_request_context("/desk/sheets"), force_locale(language):
            assert render_template_string(around) == said * times


def test_what_is_filled_in_is_escaped_and_the_sentence_is_not(desk_app: Flask) -> None:
    with desk_app.test_request_context("/desk/sheets"), force_locale("en"):
        page = render_template_string("{{ _('<b>%(name)s</b> %%', name=name) }}", name="<i>")
    assert page == "<b>&lt;i&gt;</b> %"


def test_numbers_are_filled_in_in_the_form_of_the_language(desk_app: Flask) -> None:
    says = "{{ ngettext('%(num)s text', '%(num)s texts', number) }}"
    for language, one, none in (("en", "1 text", "0 texts"), ("fr", "1 texte", "0 texte")):
        with desk_app.test_request_context("/desk/sheets"), force_locale(language):
            assert render_template_string(says, number=1) == one
            assert render_template_string(says, number=0) == none


def test_a_percent_sign_is_written_twice_with_and_without_a_value(desk_app: Flask) -> None:
    with desk_app.test_request_context("/desk/sheets"), force_locale("en"):
        assert render_template_string("{{ _('5 %%') }} {{ _('5 %%') }} {{ _('%(n)s %%', n=5) }}") == "5 % 5 % 5 %"
