"""Is it falling for real? Process-behaviour charts, signals, the watch list."""
