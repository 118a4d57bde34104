"""Words that are written as they stand, without looking for what they cannot have."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.sheets.docx_ink import Ink

WORDS = st.text(" abzAZéŒ,.'()–’-")
LATIN = st.text(st.characters(max_codepoint=0x24F, exclude_characters="§"))


@given(st.one_of(WORDS, LATIN))
def test_a_text_is_written_as_it_is_beside_a_sign_that_has_to_be_looked_at(text):
    ink = Ink("ltr")
    assert ink.run(f"a{text}") == ink.run(f"a{text}§").replace("§", "")
