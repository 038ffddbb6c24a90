"""The gap model scored: asked and observed, tolerance, expectation and its debt."""
