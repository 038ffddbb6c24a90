"""Bytes to text cells: what a file is, its encoding, its parser. Nothing here knows what a column means."""
