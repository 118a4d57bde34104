"""A receipt code as a page shows it, to be written down without a mistake."""


def in_two_lines(code: str) -> str:
    """Six groups of four that break in the middle only."""
    groups = code.split("-")
    half = len(groups) // 2
    return " ".join("\N{NO-BREAK SPACE}".join(part) for part in (groups[:half], groups[half:]))
