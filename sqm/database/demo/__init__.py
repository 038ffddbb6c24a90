"""The demo operator: an invented company in an invented city, built from a seed, with stories for pages to show."""

from sqm.database.demo.build import build
from sqm.database.demo.company.stories import Story, StoryCode, View, stories

__all__ = ["Story", "StoryCode", "View", "build", "stories"]
