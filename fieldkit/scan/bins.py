"""Where a picture ends, and what is read of an item, or said of it where a person must look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.model.codes import Code


class Bin(StrEnum):
    """The bins, as they are told; every picture ends in exactly one."""

    READ = "read"
    REVIEW = "review"
    NOT_OURS = "not-ours"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"


class Refused(Exception):
    """A picture of which nothing is taken: its bin, why, and the code where that much was read."""

    def __init__(self, bin: Bin, why: str, code: Code | None = None) -> None:
        super().__init__(why)
        self.bin, self.why, self.code = bin, why, code


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


@dataclass(frozen=True)
class Reading:
    """What was read for one item. `mark` is what its one marked box stands for, where that is `sure`; else `why` says
    what a person should look at."""

    item: str
    mark: str | None
    why: str = ""

    @property
    def sure(self) -> bool:
        """Whether the mark may be recorded without a person."""
        return self.mark is not None
