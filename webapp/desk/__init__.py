"""The pages of the helpdesk and of the editors. One line here for each page file."""

PAGES: tuple[str, ...] = (
    "home",
    "account",
    "accounts",
    "questions",
    "question_bulk",
    "question_moves",
    "question_match",
    "question_merging",
    "question_messages",
    "question_splitting",
    "offers",
    "assignments",
    "sheets",
    "freshness",
    "partners",
    "reviews",
    "excerpts",
    "excerpt_moves",
    "reports",
    "replies",
)
