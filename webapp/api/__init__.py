"""The interface for programs: what the public pages show, as JSON. One line here for each file of addresses."""

PAGES: tuple[str, ...] = ("v1",)
