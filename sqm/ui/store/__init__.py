"""The page of one store, as its manager opens it."""
