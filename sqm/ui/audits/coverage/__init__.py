"""The plan of a month and what was visited."""
