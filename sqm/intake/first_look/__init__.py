"""A file as it comes: kind, layout, headers, first rows."""
