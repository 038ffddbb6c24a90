"""What waits for the viewer, and by when."""
