"""The pages anybody may open, and those of whoever typed a receipt code. One line here for each page file."""

PAGES: tuple[str, ...] = (
    "home",
    "search",
    "excerpts",
    "citations",
    "files",
    "report",
    "countries",
    "topics",
    "sheets",
    "pages",
    "help",
    "sitemap",
    "feeds",
    "alerts",
    "dumps",
    "ask",
    "follow",
    "follow_code",
    "follow_answer",
)
