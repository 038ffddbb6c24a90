"""Checklists, standards, rules of use."""
