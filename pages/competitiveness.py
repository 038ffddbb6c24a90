"""Competitiveness: indices with intervals, the composite index and its weights, and who moved when the lead changed."""

from sqm.ui import page

viewer = page.begin("competitiveness")
