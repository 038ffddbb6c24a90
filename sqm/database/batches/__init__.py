"""Uploads: rehearsed, committed, undone, and rebuilt from the raw files."""
