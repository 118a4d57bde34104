"""Marks a text for translation without translating it: the domain names things, sites and letters say them."""


def mark(text: str) -> str:
    """Give the text back unchanged; the catalogue extractor finds it by this call."""
    return text
