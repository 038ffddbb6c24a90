"""What goes with satisfaction: drivers, importance, features, operations that run ahead."""
