"""A request and its questions: asking, following, triage."""
