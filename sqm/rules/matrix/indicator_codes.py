"""Codes of indicators: PRO-O07 is the seventh of the operations indicators of promotions."""

import re
from collections import Counter
from collections.abc import Iterable

_CODE = re.compile(r"([A-Z]+)-([A-Z]+)(\d+)")


def next_code(process: Iterable[str], dimension: Iterable[str]) -> str:
    """The code after the highest one of a cell, given all codes of its process and all of its dimension.

    '' when either has none to go by.
    """
    in_process = [found for found in map(_CODE.fullmatch, process) if found]
    in_dimension = [found for found in map(_CODE.fullmatch, dimension) if found]
    if not in_process or not in_dimension:
        return ""
    prefix = Counter(found[1] for found in in_process).most_common(1)[0][0]
    letter = Counter(found[2] for found in in_dimension).most_common(1)[0][0]
    taken = [found for found in in_process if (found[1], found[2]) == (prefix, letter)]
    number = max((int(found[3]) for found in taken), default=0) + 1
    return f"{prefix}-{letter}{number:02d}"
