"""Text cells to canonical rows, and what is wrong with each."""
