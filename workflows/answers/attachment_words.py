"""Attachments in words: kinds, states, and why a file was refused with what to do now."""

from workflows.answers.attachment_models import AttachmentState as S
from workflows.core.badge import Badge
from workflows.core.words import mark as _

KINDS = {"image": _("Photo"), "pdf": _("PDF"), "docx": _("Word file")}

STATES = {
    S.QUARANTINED: Badge("wait", "clock", _("Being checked")),
    S.CLEAN: Badge("ok", "check", _("Checked, clean copy made")),
    S.RELEASED: Badge("ok", "check", _("Released")),
    S.REFUSED: Badge("stop", "x", _("Refused")),
}

BY_EDITOR = "editor"
REASONS = {
    "wrong_type": _("This is not a photo (JPEG, PNG, WebP), a PDF or a Word file (.docx)."),
    "heic": _("Photos in the HEIC format cannot be taken. On the phone, choose “Most compatible” in the settings of the"
              " camera, or save a copy of the photo as JPEG, and send that."),
    "old_word": _("This is an old or protected Word file. Save it as .docx without a password and send that."),
    "open_document": _("This is an OpenDocument file (.odt). Save it as .docx and send that."),
    "two_types": _("This file is two kinds of file at once. Save it again with another program and send that."),
    "damaged": _("This file cannot be read: it is damaged or was cut off. Save it again and send that."),
    "encrypted": _("This file is protected with a password. Take the password off and send it again."),
    "too_many_pixels": _("This photo is too large. Make it smaller and send it again."),
    "too_many_pages": _("This document has too many pages. Send the pages that matter."),
    "too_many_parts": _("This file has too many parts. Copy the text into a new document and send that."),
    "unpacks_too_large": _("This file is much larger inside than outside. Copy the text into a new document and send"
                           " that."),
    "too_large": _("This file is too large. Make it smaller and send it again."),
    "too_hard": _("This file could not be opened safely. Save it again with another program and send that."),
    "strange_names": _("This file is built in a strange way. Copy the text into a new document and send that."),
    "doctype": _("This file is built in a strange way. Copy the text into a new document and send that."),
    "macros": _("This file holds macros. Save it as .docx and send that."),
    "embedded": _("This file holds other files. Take them out and send it again."),
    "external": _("This file fetches parts from elsewhere. Copy the text into a new document and send that."),
    BY_EDITOR: _("An editor does not use this file."),
}  # fmt: skip
"""By the code of the sandbox, or of the editor."""
