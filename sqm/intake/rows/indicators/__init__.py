"""Rows of indicator values, and tables of several waves."""
