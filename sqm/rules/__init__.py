"""What does it mean? Pure: codes, numbers and frames in and out, never a sentence."""
