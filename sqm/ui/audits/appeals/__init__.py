"""Appeals, rulings, rejected reports."""
