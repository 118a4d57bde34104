"""The margin of a text for its page: threads by the place where they stand, and the places a comment may be about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request

from web_kit.compared import bare
from workflows.answers.margin import Thread
from workflows.core.paragraphs import paragraphs

WORDS = 7
"""How many words of a paragraph tell it apart in the list."""


def margin(
    threads: Sequence[Thread], parts: Mapping[str, str], labels: Mapping[str, str], whole: str
) -> dict[str, Any]:
    """Threads by `Q1-2` of a paragraph that is there, by `Q1` of a part or of what has changed in it, by "" others."""
    standing: dict[str, list[Thread]] = defaultdict(list)
    for one in threads:
        standing[one.place or (one.part if one.part in parts else "")].append(one)
    return {
        "margin": standing,
        "places": _places(parts, labels, whole),
        "about": request.form.get("about") or request.args.get("on", ""),
        "open_comments": sum(not one.first.settled for one in threads),
    }


def _places(parts: Mapping[str, str], labels: Mapping[str, str], whole: str) -> dict[str, str]:
    places = {"": whole}
    for part, text in parts.items():
        label = labels.get(part, part)
        if text:
            places[part] = label
        for number, paragraph in enumerate(paragraphs(text)):
            if shown := bare(paragraph):
                places[f"{part}-{number}"] = f"{label}: {_beginning(shown)}"
    return places


def _beginning(paragraph: str) -> str:
    words = paragraph.split()
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")
