"""Rows of answers, respondents and what they wrote."""
