"""Store audits and the business of stores."""
