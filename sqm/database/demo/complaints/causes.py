"""Which complaint indicator counts what: the link between the register of complaints and the matrix."""

# Process -> the indicator whose numerator is every complaint about it, and the monthly exposure of the company.
MAIN: dict[str, tuple[str, float]] = {
    "tariffs": ("TAR-C01", 2_600_000),
    "promotions": ("PRO-C01", 2_600_000),
    "business_support": ("SUP-C02", 2_600_000),
    "network": ("NET-C01", 2_600_000),
    "new_services": ("NEW-C01", 2_600_000),
    "stores": ("STO-C01", 1_000_000),
    "hotline": ("HOT-C01", 1_300_000),
    "e_channels": ("ECH-C01", 2_600_000),
    "group_customers": ("GRP-C01", 60_000),
}
# Billing disputes are this part of the complaints about business support, which has no indicator for all of them.
DISPUTED = 0.6

# Indicators that count one cause among a process's complaints.
CAUSES: dict[str, str] = {
    "TAR-C03": "tariffs",
    "PRO-C02": "promotions",
    "SUP-C03": "business_support",
    "SUP-C04": "business_support",
    "NET-C02": "network",
    "NEW-C02": "new_services",
    "STO-C03": "stores",
    "HOT-C02": "hotline",
    "ECH-C02": "e_channels",
}
# Indicators that are one cause's share of a process's complaints.
CAUSE_SHARES: dict[str, str] = {
    "PRO-C03": "promotions",
    "NET-C03": "network",
    "NEW-C03": "new_services",
    "STO-C02": "stores",
    "ECH-C03": "e_channels",
}
ESCALATED: dict[str, str] = {
    "tariffs": "TAR-C04",
    "promotions": "PRO-C04",
    "business_support": "SUP-C05",
    "network": "NET-C06",
    "new_services": "NEW-C04",
    "stores": "STO-C04",
    "hotline": "HOT-C04",
    "e_channels": "ECH-C04",
    "group_customers": "GRP-C03",
}
# Process -> indicator of complaints closed in time, and the hours that are in time.
CLOSED: dict[str, tuple[str, float]] = {
    "tariffs": ("TAR-C05", 48.0),
    "promotions": ("PRO-C05", 48.0),
    "network": ("NET-C05", 48.0),
    "new_services": ("NEW-C05", 48.0),
    "group_customers": ("GRP-C02", 24.0),
}
USUALLY_CLOSED, USUAL_HOURS = 0.94, 48.0  # processes without such an indicator
ANSWERED, ANSWER_HOURS = "HOT-C03", 2.0
SHARE_OF_ALL = ("TAR-C02", "tariffs")
BASIC = "NET-C04"
APPEALS = "SUP-C01"
EXPOSURE_OF_APPEALS = 2_600_000
