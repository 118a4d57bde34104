"""The partner's work: drafts, frozen revisions, sources, and the editor's review."""
