"""The page of people and rights, and the trail that it shows."""
