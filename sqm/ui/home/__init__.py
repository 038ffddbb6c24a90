"""Home: what each role needs first."""
