"""How one thing is written in many ways: headers, dates, numbers, personal data."""
