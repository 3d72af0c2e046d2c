"""Where a picture ends: every one in exactly one bin."""

from __future__ import annotations

from enum import StrEnum


class Bin(StrEnum):
    """The bins, as they are told."""

    READ = "read"
    REVIEW = "review"
    NOT_OURS = "not-ours"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
