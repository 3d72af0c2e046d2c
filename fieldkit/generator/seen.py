"""An error as an officer sees it in the papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Paper = Mapping[str, Any]
Papers = Mapping[str, Paper]


@dataclass(frozen=True, order=True)
class Seen:
    """An error that shows: its code, the field it is in, the papers that have to be read to see it, and the number of
    the line where lines are numbered."""

    code: str
    field: str
    documents: tuple[str, ...]
    row: str = ""


# What a rule finds in some papers on a day (ISO).
Rule = Callable[[Papers, str], Iterator[Seen]]


def number(value: str) -> Decimal:
    """The number on a paper; what is not there counts as nothing."""
    try:
        return Decimal(value)
    except InvalidOperation:
        return Decimal(0)
