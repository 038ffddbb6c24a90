"""Auditors against each other."""
