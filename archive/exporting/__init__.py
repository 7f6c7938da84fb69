"""Records out of the catalogue: as spreadsheets, for libraries and search engines, and as archival packages."""
