"""Requests and their questions: what somebody asked, from the public form to the closed matter."""
