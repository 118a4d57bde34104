"""How programs are told of things: by fields that are documented one by one; and the sources and files of a text."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflows.excerpts.models import ExcerptState, PublishedExcerpt, PublishedVersion


class Described:
    """What is documented field by field, by the words below each field."""

    __pydantic_config__: ClassVar = {"use_attribute_docstrings": True}


@dataclass(frozen=True)
class Source(Described):
    """What a text rests on: what it is, never who."""

    label: str
    kind: str
    """visit, talk, document, law, website, media or organisation."""
    dated: date | None


@dataclass(frozen=True)
class File(Described):
    """A photo or document that belongs to a text."""

    title: str
    """What it shows, in the language of the text."""
    media: str
    """image/jpeg, image/png, application/pdf or that of a Word file."""
    size: int
    """In bytes."""
    url: str


def source_of(label: str | None, kind: str | None, dated: str | None) -> Source:
    """A source as the public may know it."""
    return Source(label or "", kind or "", date.fromisoformat(dated) if dated else None)


def files_of(row: PublishedExcerpt | PublishedVersion, state: str, base: str) -> tuple[File, ...]:
    """None unless the text is published: what is being checked or was taken back hands out nothing."""
    if state != ExcerptState.PUBLISHED:
        return ()
    address = f"{base}/en/e/{row.ref}/files"
    return tuple(File(one["title"], one["media"], one["size"], f"{address}/{one['name']}") for one in row.files)


def address_of(base: str, ref: str, number: int | None = None) -> str:
    """Where a text is read, or one version of it; `base` is the address of the public site."""
    return f"{base}/en/e/{ref}" + (f"/v{number}" if number else "")
