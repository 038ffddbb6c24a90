"""The page of published months, revisions and events."""
