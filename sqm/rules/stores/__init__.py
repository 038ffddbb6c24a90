"""A store's score: composite, fair comparison, where points went, what mends them."""
