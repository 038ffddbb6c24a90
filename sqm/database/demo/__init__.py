"""The demo operator: an invented company in an invented city, rebuilt from a seed, with stories that pages must show."""

from sqm.database.demo.build import build

__all__ = ["build"]
