"""Files as downloads."""

from flask import Response

AS_A_FILE = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(content: bytes, name: str) -> Response:
    """A Word file under a name of ours."""
    return file_of(content, DOCX, name)


def file_of(content: bytes, media: str, name: str) -> Response:
    """The bytes under a name of ours."""
    answer = Response(content, mimetype=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def as_a_file(content: bytes, media: str, name: str) -> Response:
    """The bytes of somebody else: a download that no browser shows or runs, whatever stands in it."""
    answer = file_of(content, media, name)
    answer.headers.update(AS_A_FILE)
    return answer
