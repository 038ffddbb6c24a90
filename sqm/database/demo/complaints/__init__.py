"""The register of complaints and the indicators counted from it."""
