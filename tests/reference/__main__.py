"""python -m tests.reference DIR: run every reference case of DIR whose family the product implements.

One line per difference, then ``N passed, M failed, K not implemented``. Ends with 1 when a case failed, 2 when DIR has
no case.
"""

import sys
from pathlib import Path

from tests.reference.running import run_all


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m tests.reference DIR", file=sys.stderr)
        return 2
    outcomes = run_all(Path(arguments[0]))
    for outcome in outcomes:
        for line in outcome.failures:
            print(f"{outcome.case}: {line}")
    passed = sum(outcome.is_implemented and not outcome.failures for outcome in outcomes)
    failed = sum(bool(outcome.failures) for outcome in outcomes)
    absent = sum(not outcome.is_implemented and not outcome.failures for outcome in outcomes)
    print(f"{passed} passed, {failed} failed, {absent} not implemented")
    if not outcomes:
        return 2
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
