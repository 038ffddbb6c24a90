"""The page of one indicator, and the words and numbers of a judged one."""
