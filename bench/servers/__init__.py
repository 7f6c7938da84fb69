"""Servers that a benchmark compares, each started on a free port and ended again."""
