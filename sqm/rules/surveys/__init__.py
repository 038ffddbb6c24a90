"""Answers and what may be said of them: means, tops, trends, small groups, studies."""
