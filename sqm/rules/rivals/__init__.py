"""Ahead of the rivals? Leads, ranks, the composite index and its weights, what leaving customers cost."""
