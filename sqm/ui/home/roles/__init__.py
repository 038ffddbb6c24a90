"""What each role's home says first."""
