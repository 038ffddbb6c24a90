"""The survey programme: studies, waves, questionnaires, samples against quotas, and where the method broke."""

from sqm.ui import page

viewer = page.begin("programme")
