"""What waits for a viewer, and by when."""
