"""A Word file as a download."""

from flask import Response

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(content: bytes, name: str) -> Response:
    """The bytes under a name of ours."""
    answer = Response(content, mimetype=DOCX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
