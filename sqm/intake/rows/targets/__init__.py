"""Rows of targets."""
