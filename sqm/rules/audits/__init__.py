"""How audits are run: visits, auditors, appeals, standards, samples, reports."""
