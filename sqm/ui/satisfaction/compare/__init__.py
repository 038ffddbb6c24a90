"""Against others and between places."""
