"""Background work of the archive: imports from spreadsheets."""
