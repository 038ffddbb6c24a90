"""Service quality management: what customers feel, what they complain about and how operations run, side by side."""
