"""Visits to stores and everything around them."""
