"""The groups of the history, those who act in it, what they did and what to, in words."""

from workflows.core.words import mark as _
from workflows.requests.desk_words import HISTORY

GROUPS = {
    "reading": _("Openings of restricted text"),
    "question": _("Questions"),
    "request": _("Requests"),
    "message": _("Messages"),
    "assignment": _("Assignments"),
    "answer": _("Answers"),
    "attachment": _("Files"),
    "excerpt": _("Excerpts"),
    "reader_report": _("Reports"),
    "edition": _("Country sheets"),
    "letter": _("Letters"),
    "subscriber": _("Subscribers"),
    "staff": _("Accounts"),
    "researcher": _("Researchers"),
    "counsellor": _("Counsellors"),
    "absence": _("Days away"),
}
"""The first word of a kind of event; `excerpt` is also the beginning of `excerpt_version`."""

ACTORS = {
    "visitor": _("A visitor"),
    "requester": _("Requester"),
    "clock": _("The clock"),
    "staff": _("Desk"),
    "researcher": _("Researcher"),
    "counsellor": _("Counsellor"),
}

OBJECTS = {
    "question": _("Question"),
    "request": _("Request"),
    "assignment": _("Assignment"),
    "answer": _("Answer"),
    "attachment": _("File"),
    "excerpt": _("Excerpt"),
    "excerpt_version": _("Version"),
    "excerpt_confirmation": _("Still true"),
    "reader_report": _("Report"),
    "country_sheet": _("Country sheet"),
    "edition": _("Edition"),
    "letter": _("Letter"),
    "subscriber": _("Subscriber"),
    "staff": _("Member of staff"),
    "researcher": _("Researcher"),
    "counsellor": _("Counsellor"),
    "partner_absence": _("Days away"),
}
"""The tables whose rows the history is about."""

DEEDS = {
    **HISTORY,
    "reading.report": _("A reader’s report was opened"),
    "reading.caseload_export": _("A caseload was taken out as a file"),
    "attachment.open": _("A file came in"),
    "attachment.clean": _("A clean copy of the file was made"),
    "attachment.refuse": _("The file could not be cleaned"),
    "attachment.release": _("The file was released"),
    "attachment.turn_down": _("An editor refused the file"),
    "excerpt.open": _("A text was begun"),
    "excerpt.publish": _("The text was published"),
    "excerpt.confirm": _("The text was found still true"),
    "excerpt.hold": _("The text was put on hold"),
    "excerpt.resume": _("The text was published again"),
    "excerpt.withdraw": _("The text was withdrawn"),
    "excerpt.retract": _("The text was retracted"),
    "excerpt.discard": _("The text was discarded"),
    "excerpt.archive": _("The text was archived"),
    "excerpt.restore": _("The text was brought back, withdrawn"),
    "excerpt.restore_retracted": _("The text was brought back, retracted"),
    "excerpt_version.open": _("A version was begun"),
    "excerpt_version.save": _("The draft of the version was saved"),
    "excerpt_version.send_for_approval": _("The version was sent for approval"),
    "excerpt_version.ask_changes": _("Changes were asked for"),
    "excerpt_version.schedule": _("The version was approved for a day"),
    "excerpt_version.publish_on_the_day": _("The version was published on its day"),
    "excerpt_version.miss_the_day": _("The version was not published on its day"),
    "excerpt_version.cancel_the_day": _("The day was cancelled"),
    "excerpt_version.rework": _("The version was taken back to be worked on"),
    "excerpt_version.discard": _("The version was discarded"),
    "excerpt_version.approve": _("The version was approved"),
    "excerpt_version.publish": _("The version was approved and published"),
    "excerpt_version.supersede": _("A newer version took its place"),
    "excerpt_confirmation.open": _("An editor said that the text is still true"),
    "excerpt_confirmation.agree": _("A second editor agreed that the text is still true"),
    "excerpt_confirmation.refuse": _("A second editor did not agree that the text is still true"),
    "excerpt_confirmation.take_back": _("The editor does not say any more that the text is still true"),
    "excerpt_confirmation.lapse": _("Nobody need agree any more that the text is still true"),
    "reader_report.open": _("A reader reported a problem"),
    "reader_report.personal": _("A reader reported personal data"),
    "reader_report.recheck": _("The partner was asked to check the text"),
    "reader_report.close": _("The report was closed"),
    "edition.open": _("An edition was begun"),
    "edition.save": _("The edition was saved"),
    "edition.send_for_approval": _("The edition was sent for approval"),
    "edition.rework": _("The edition was taken back to be worked on"),
    "edition.publish": _("The edition was approved and published"),
    "edition.discard": _("The edition was discarded"),
    "edition.supersede": _("A newer edition took its place"),
    "reply.judge": _("Whoever asked said whether the answer was right"),
    "reply.found_wrong": _("Whoever asked says that the answer was wrong"),
    "reply.recall": _("A text of the reply was corrected or taken back"),
    "assignment.new_date": _("The requester was told a later date"),
    "request.forget": _("What the requester wrote was erased"),
    "request.hand_over": _("The case was handed over"),
    "request.name_case": _("The case got another label"),
    "request.give_code": _("A new code was given"),
    "request.replace_code": _("Whoever asked took a new code"),
    "request.burn_code": _("Whoever asked let the code die"),
    "letter.give_up": _("The letter could not be delivered"),
    "letter.try_again": _("The letter was sent once more"),
    "letter.handle": _("The person was reached in another way"),
    "subscriber.ask": _("Somebody was asked whether they want letters"),
    "subscriber.tell": _("A subscriber was told that there is news"),
    "absence.add": _("A partner’s days away were added"),
    "absence.change": _("A partner’s days away were changed"),
    "absence.remove": _("A partner’s days away were taken out"),
    "staff.change_roles": _("The roles were changed"),
    "researcher.appoint": _("The person keeps the accounts now"),
    "researcher.dismiss": _("The person keeps the accounts no more"),
    **dict.fromkeys(("staff.invite", "researcher.invite", "counsellor.invite"), _("A link to sign in was made")),
    **dict.fromkeys(("staff.renew", "researcher.renew", "counsellor.renew"), _("A part of the log-in was renewed")),
    **dict.fromkeys(("staff.set_up", "researcher.set_up", "counsellor.set_up"), _("The log-in was set up")),
    **dict.fromkeys(("staff.deactivate", "researcher.deactivate", "counsellor.deactivate"), _("The account was shut")),
}
"""What every kind of event says, reminders apart; a rule looks for kinds without a word."""
REMINDED = _("A reminder was given")
HAPPENED = _("Something was noted")
"""For a kind of an older version that is no more."""


def deed_of(kind: str) -> str:
    """What happened, as a marked text."""
    return REMINDED if kind.endswith(".remind") else DEEDS.get(kind, HAPPENED)
