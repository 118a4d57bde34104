"""The partner portal: a neutral workspace in a process of its own. One line here for each page file."""

PAGES: tuple[str, ...] = (
    "work",
    "answers",
    "files",
    "word",
    "absence",
    "account",
    "lock",
    "ledger",
    "colleagues",
    "copies",
    "drafts",
)
