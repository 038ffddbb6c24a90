"""The page's doors to the database."""
