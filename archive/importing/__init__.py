"""Records from spreadsheets, and back: one table of columns (columns.py), one act (run.py)."""
