"""What stands still, and the course it takes: districts, stores, targets, stories."""
