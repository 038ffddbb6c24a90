"""The target desk: proposals, signatures, history."""
