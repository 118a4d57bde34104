"""The pages of counsellors with an account. One line here for each page file."""

PAGES: tuple[str, ...] = ("start", "cases", "new", "client", "client_moves", "client_answer", "export", "account")
