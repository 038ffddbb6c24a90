"""The page of how audits are run, a room for each of its views."""
