"""Decisions and what they do to the tables."""
