"""Rows of store audits."""
