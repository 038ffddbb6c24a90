"""The page of satisfaction: over time, compared, and what goes with it."""
