"""Stores on a map, in a funnel, by rank, by part."""
