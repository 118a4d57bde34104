"""Files of ours as downloads."""

from flask import Response

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(content: bytes, name: str) -> Response:
    """A Word file under a name of ours."""
    return file_of(content, DOCX, name)


def file_of(content: bytes, media: str, name: str) -> Response:
    """The bytes under a name of ours."""
    answer = Response(content, mimetype=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
