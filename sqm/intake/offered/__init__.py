"""Our own templates to download."""
