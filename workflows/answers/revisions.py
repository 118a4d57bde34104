"""The frozen form of a submission: points and sources as they stand, without identities, under a digest."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from workflows.answers.models import AnswerPoint, Source


def freeze(points: Iterable[AnswerPoint], sources: Iterable[Source]) -> dict[str, Any]:
    """The content of a revision. Sources are named by id, under which their sealed identity is kept."""
    return {"points": [_point(point) for point in points], "sources": [_source(source) for source in sources]}


def digest_of(content: dict[str, Any]) -> bytes:
    """SHA-256 of the content as canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).digest()


def _point(point: AnswerPoint) -> dict[str, Any]:
    return {
        "code": point.code,
        "text": point.text,
        "place": point.place,
        "information_date": point.information_date.isoformat() if point.information_date else None,
        "confidence": point.confidence,
        "not_found": point.not_found,
        "searched_where": point.searched_where,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": str(source.id),
        "position": source.position,
        "point_code": source.point_code,
        "kind": source.kind,
        "label": source.label,
        "dated": source.dated.isoformat() if source.dated else None,
        "mode": source.mode,
        "consent": source.consent,
        "keeps_identity": source.keeps_identity,
    }
