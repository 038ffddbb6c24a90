"""What columns probably mean, and how an analyst corrects it."""
