"""Doors to the database that many pages share, and what the server does for it."""
