"""Telling people: deliveries, letters, the post."""
