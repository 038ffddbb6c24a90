"""What can go wrong, as codes. sqm/ui/upload/problem_texts.py turns a code and its values into advice."""


class SqmError(Exception):
    """A failure that a person can do something about.

    code: a stable word such as ``database_busy``; values: what the sentence needs (file, row, found, expected ...).
    Never carries a stack trace, a path or an SQL text to the page.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
