"""The page of the gap model."""
