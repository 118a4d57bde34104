"""What every page says that did not take a form in which nothing is wrong."""

import re


def leads_to_why(page: str) -> bool:
    """Whether the title begins with what became of it and the reason takes the focus as the page opens."""
    focused = re.findall(r"<[^>]* autofocus[^>]*>", page)
    return (
        "<title>Not sent yet: " in page
        and len(focused) == 1
        and 'role="alert"' in focused[0]
        and "tabindex" in focused[0]
    )
