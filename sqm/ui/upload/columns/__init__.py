"""Step 2: which column is what."""
