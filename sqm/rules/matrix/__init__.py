"""Indicators, targets' histories, editions and publications: what the matrix is made of."""
