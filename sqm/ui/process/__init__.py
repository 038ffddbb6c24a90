"""The pages of the processes: weakest first, and one with all that belongs to it."""
