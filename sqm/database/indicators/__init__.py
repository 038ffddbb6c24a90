"""Indicators, their targets, months and publications."""
