"""Is what we computed what the case expects? Only keys that the case names are compared."""

import math
from collections.abc import Iterator, Mapping, Sequence

LIMITS = {"lcl", "ucl", "lpl", "upl"}


def differences(expected: object, actual: object, tolerance: Mapping[str, object], path: str = "") -> Iterator[str]:
    """One text per difference. Numbers within abs or rel of tolerance agree; words and nulls must be equal."""
    if isinstance(expected, Mapping):
        if not isinstance(actual, Mapping):
            yield f"{path or 'expected'}: expected an object, got {actual!r}"
            return
        for key, value in expected.items():
            if key not in actual:
                yield f"{path}.{key}: not computed"
            else:
                yield from differences(value, actual[key], _for_key(tolerance, key), f"{path}.{key}")
    elif isinstance(expected, list):
        if not isinstance(actual, Sequence) or isinstance(actual, str) or len(actual) != len(expected):
            yield f"{path}: expected {len(expected)} items, got {actual!r}"
            return
        for place, (first, second) in enumerate(zip(expected, actual, strict=True)):
            yield from differences(first, second, tolerance, f"{path}[{place}]")
    elif not _equal(expected, actual, tolerance):
        yield f"{path}: expected {expected!r}, got {actual!r}"


def _for_key(tolerance: Mapping[str, object], key: str) -> Mapping[str, object]:
    """A case may name a tolerance of one key: deff_rel, or mean_se_rel for mean and se; limits_rel for all limits."""
    out = dict(tolerance)
    for name, size in tolerance.items():
        words, _, kind = name.rpartition("_")
        named = words.split("_")
        is_limit = "limits" in named and bool(LIMITS & set(key.split("_")))
        if kind in ("rel", "abs") and (key.split("_")[0] in named or is_limit):
            out = {k: v for k, v in out.items() if k not in ("rel", "abs")} | {kind: size}
    return out


def _equal(expected: object, actual: object, tolerance: Mapping[str, object]) -> bool:
    if expected is None or isinstance(expected, bool | str):
        return type(expected) is type(actual) and expected == actual
    if not isinstance(expected, int | float) or isinstance(actual, bool) or not isinstance(actual, int | float):
        return False
    slack, share = tolerance.get("abs"), tolerance.get("rel")
    if slack is None and share is None:
        slack, share = 1e-9, 1e-9
    return math.isclose(
        expected,
        actual,
        abs_tol=slack if isinstance(slack, int | float) else 0.0,
        rel_tol=share if isinstance(share, int | float) else 0.0,
    )
