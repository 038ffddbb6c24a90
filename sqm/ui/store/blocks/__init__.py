"""What stands on the page, from head to foot."""
