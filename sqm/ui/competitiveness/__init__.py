"""The page of leads, ranks, indices and the composite index."""
