"""The composite index and its weights."""
