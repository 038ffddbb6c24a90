"""The raw file as it is kept: one row shown, one person taken out."""
