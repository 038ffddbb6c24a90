"""The page of what customers wrote."""
