"""Why a Word form that came back is not taken, with what to do now."""

from workflows.answers import attachment_words
from workflows.core.words import mark as _

NO_FILE = _("Choose a file that is not empty.")
BUSY = _("Many files are being read just now. Nothing is lost: send this file again in a minute.")
NOT_OUR_FORM = _("No field of our form was found in this file. Download the form again and copy your texts into it.")
ANOTHER_TASK = _("This is the form of another task. Compare the number at its top.")
REASONS = attachment_words.REASONS | {
    "wrong_type": _("This is not a Word file (.docx). Save the form as .docx and send that."),
    "heic": _("This is not a Word file (.docx). Save the form as .docx and send that."),
    "two_types": _("This is not a Word file (.docx). Save the form as .docx and send that."),
}
"""By the code of the sandbox."""
