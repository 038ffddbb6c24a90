"""Charts from frames, written as SVG. They know no page and no database."""
