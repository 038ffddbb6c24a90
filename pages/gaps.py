"""The gap model, scored: five gaps per process and month, side by side and never added."""

from sqm.ui import page

viewer = page.begin("gaps")
