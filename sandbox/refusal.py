"""Why a file is not taken: codes of a closed list, which the sites put into words."""

from enum import StrEnum


class Reason(StrEnum):
    """What was found in a file, or could not be done with it."""

    WRONG_TYPE = "wrong_type"
    HEIC = "heic"
    OLD_WORD = "old_word"
    OPEN_DOCUMENT = "open_document"
    TWO_TYPES = "two_types"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PARTS = "too_many_parts"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_LARGE = "too_large"
    TOO_HARD = "too_hard"
    STRANGE_NAMES = "strange_names"
    DOCTYPE = "doctype"
    MACROS = "macros"
    EMBEDDED = "embedded"
    EXTERNAL = "external"


class Refused(Exception):
    """The file is not taken, for this reason; trying again changes nothing."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
