"""The watch list, its decisions, and how a behaviour is said in words."""
