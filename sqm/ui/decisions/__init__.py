"""How a page records a decision, and what it says when somebody was quicker."""
