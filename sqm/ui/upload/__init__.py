"""The page of uploads, step by step, and the sentences about problems."""
