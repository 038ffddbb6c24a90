"""What a page says when something is out of the ordinary."""
