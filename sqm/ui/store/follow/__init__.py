"""What is done about it: actions and appeals."""
