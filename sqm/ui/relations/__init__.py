"""The page of what runs ahead: operations against what customers feel."""
