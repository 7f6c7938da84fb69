"""Lines of text on scans in the admin: read by OCR, corrected line by line, used as a page's transcription."""
