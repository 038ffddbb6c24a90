"""A viewer's scope as query parameters: every query on stores, districts or respondents takes them."""

from sqm.rules.access import Scope


def scope_parameters(scope: Scope) -> dict[str, object]:
    """The parameters all_districts, districts, all_stores and stores of a scoped query."""
    return {
        "all_districts": scope.districts is None,
        "districts": sorted(scope.districts or ()),
        "all_stores": scope.stores is None,
        "stores": sorted(scope.stores or ()),
    }
