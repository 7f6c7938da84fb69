"""What `make demo` runs. It starts before a virtual environment exists: the standard library only."""
