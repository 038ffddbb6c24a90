"""The page of stores compared, and the doors to scores that the page of one store uses too."""
