"""What a commit would change, in words."""
