"""A translation stands beside its original paragraph by paragraph, though they share no word."""

from workflows.excerpts.rendered import rendered


def pairs(original: str, translation: str) -> list[tuple[str, str]]:
    rows = rendered(original, translation)
    assert {segment.mark for row in rows for segment in (*row.old, *row.new)} <= {"same"}
    return [tuple("".join(one.text for one in side) for side in (row.old, row.new)) for row in rows]


def test_paragraphs_stand_in_their_order() -> None:
    assert pairs("## Rent\n\nA room.\n\n- One\n- Two", "## Loyer\n\nUne chambre.\n\n- Un\n- Deux") == [
        ("## Rent", "## Loyer"), ("A room.", "Une chambre."), ("- One", "- Un"), ("- Two", "- Deux"),
    ]  # fmt: skip


def test_a_paragraph_that_was_left_out_leaves_the_others_beside_their_own() -> None:
    original = "It costs 80.5 dollars [1].\n\nThe yard is shared.\n\nThree months are 240 dollars [2]."
    translation = "[1] ٨٠٫٥ دولار.\n\n[2] 240 دولار لثلاثة أشهر."
    assert pairs(original, translation) == [
        ("It costs 80.5 dollars [1].", "[1] ٨٠٫٥ دولار."),
        ("The yard is shared.", ""),
        ("Three months are 240 dollars [2].", "[2] 240 دولار لثلاثة أشهر."),
    ]


def test_another_figure_is_shown_beside_the_one_it_renders() -> None:
    assert pairs("## A\n\nIt is 80.\n\n- One", "## B\n\nC’est 95.\n\n- Un")[1] == ("It is 80.", "C’est 95.")


def test_what_came_in_addition_stands_alone() -> None:
    assert pairs("## A\n\nOne.", "## B\n\nUn.\n\n- De plus") == [("## A", "## B"), ("One.", "Un."), ("", "- De plus")]
    assert pairs("", "Un.") == [("", "Un.")]
    assert pairs("", "") == []
