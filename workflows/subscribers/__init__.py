"""Readers who follow what is published, by e-mail: asked for twice, told once a day, gone at one press."""
