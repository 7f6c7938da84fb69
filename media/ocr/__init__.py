"""Printed text read from scans by tesseract, an optional program: see docs/text-on-scans.md."""
