"""Workbooks to download."""
