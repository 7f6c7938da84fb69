"""A small sheet with scans, for trying the import."""
