"""Judging: pure functions on marks. Nothing here reads a file, a clock or a record."""
