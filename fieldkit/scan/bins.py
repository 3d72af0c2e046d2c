"""Where a picture ends, and what is said of an item that a person must look at."""

from __future__ import annotations

from enum import StrEnum


class Bin(StrEnum):
    """The bins, as they are told; every picture ends in exactly one."""

    READ = "read"
    REVIEW = "review"
    NOT_OURS = "not-ours"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"


def N_(text: str) -> str:  # noqa: N802  the usual name of what marks a message that is translated where it is shown
    """Marks a message that is kept in English, for the catalogues."""
    return text


HIDDEN = N_("a box cannot be seen")
STRUCK = N_("a box is struck out")
SEVERAL = N_("more than one box is marked")
CROSSED = N_("no box is marked, but a line runs into one")
NONE = N_("no box is marked")
FAINT = N_("a mark is too faint to be sure")
SECOND = N_("a second box may be marked")
ANOTHER_PICTURE_HELPS = (HIDDEN, FAINT, SECOND)  # these are of the picture, the others of the paper
