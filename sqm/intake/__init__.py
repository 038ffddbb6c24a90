"""Bytes to rows or problems. Pure, and it never raises for bad content."""
