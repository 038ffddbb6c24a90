"""Over months: lines, columns, process-behaviour charts."""
