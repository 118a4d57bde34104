"""Fields that a form has once for each language of a text: those of its translations, which may stay empty."""

from collections.abc import Callable, Iterable

from web_kit.forms import Form
from workflows.excerpts.desk_page import ExcerptPage
from workflows.excerpts.models import ExcerptState
from workflows.excerpts.words import LANGUAGES

STANDING = (ExcerptState.PUBLISHED, ExcerptState.ON_HOLD)
Named = Callable[[str], str]
"""What the field for a language is called."""


def offer_in(form: Form, named: Named, languages: Iterable[str], label: str) -> None:
    """Leave the fields for these languages in the form, each labelled with its language, and take the others out."""
    wanted = set(languages)
    for code, name in LANGUAGES.items():
        field = form._fields.get(named(code))
        if field and code in wanted:
            field.label.text, field.render_kw = f"{label} ({name})", {"lang": code}
        elif field:
            form.leave_out(named(code))


def typed_in(form: Form, named: Named) -> dict[str, str]:
    """What was typed, by language, in the fields that are in the form."""
    return {code: form[named(code)].data or "" for code in LANGUAGES if named(code) in form}


def read_beside(page: ExcerptPage, states: Iterable[str] = STANDING) -> list[str]:
    """The languages of the translations that stand so, if the text is an original."""
    original, *others = page.family.members
    return [one.language for one in others if one.state in set(states)] if original.ref == page.ref else []
