"""The contract's table of reminders, as the specification reads it. Only the numbers of the policy are shared."""

from config import policy as p

ORDER = ("question.triage", "question.clarification", "assignment.offer", "assignment.submission", "answer.review",
         "excerpt.hold", "sheet.review", "excerpt.freshness")  # fmt: skip
NAMING = ("excerpt.freshness", "sheet.review", ("excerpt.hold", "due"), ("answer.review", "second_editor"))
"""What is told to one editor: all of a kind, or one reminder of it."""
RATIONED = ("sheet.review", "excerpt.freshness")

# name, distance from the deadline, may it come in the first half of the period
WORKING: dict[str, tuple[tuple[str, int, bool], ...]] = {
    "question.triage": (("due", 0, False), ("tell_manager", p.TRIAGE_TELL_MANAGER, False)),
    "assignment.offer": (("before_due", -1, False), ("due", 0, False), ("tell_desk", p.OFFER_TELL_DESK, False)),
    "assignment.submission": (("before_due", -3, False), ("due", 0, False), ("late", 2, False), ("later", 5, False),
                              ("very_late", p.SUBMISSION_TELL_MANAGER, False)),
    "answer.review": (("due", 0, False), ("second_editor", 2, False), ("tell_manager", 5, False)),
}  # fmt: skip
CALENDAR: dict[str, tuple[tuple[str, int, bool], ...]] = {
    "question.clarification": (("after_3", 3, True), ("after_10", 10, True)),
    "excerpt.hold": (("due", 0, False), ("late", p.HOLD_ALERTS_DAYS[1], False)),
    "excerpt.freshness": (("check_early", -30, False), ("check_soon", -7, False), ("out_of_date", 0, True),
                          ("still_out_of_date", 14, False), ("expired", p.EXPIRES_AFTER_DAYS, False)),
    "sheet.review": (("check_early", -30, False), ("check_soon", -7, False), ("out_of_date", 0, True),
                     ("expired", p.SHEET_EXPIRES_AFTER_DAYS, False)),
}  # fmt: skip
