"""What image files say of themselves, read from their bytes: no image library, no Django, nothing is decoded.

A module for each format, each with read(data) -> Header. `data` is a mmap or bytes.
"""
