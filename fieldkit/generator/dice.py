"""Chance from a seed, the same on every machine and in every version of Python.

The standard library promises the same only for its plain random numbers, not for picking and shuffling, so both
are worked out here from SHA-256 over the seed, a path and a counter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_RANGE = 1 << 64


class Dice:
    """A stream of chance. Two dice of one seed and one path roll the same; another path rolls something else."""

    def __init__(self, seed: int, *path: object) -> None:
        self._name = "\x1f".join(str(part) for part in (seed, *path)).encode("utf-8")
        self._count = 0

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1, each equally likely (the uneven rest at the top is thrown again)."""
        if limit < 1:
            raise ValueError("the limit has to be 1 or more")
        while True:
            digest = hashlib.sha256(self._name + b"\x1e%d" % self._count).digest()
            self._count += 1
            number = int.from_bytes(digest[:8], "big")
            if number < _RANGE - _RANGE % limit:
                return number % limit

    def between(self, least: int, most: int, step: int = 1) -> int:
        """A whole number from `least` to `most` in steps of `step`."""
        return least + step * self.below((most - least) // step + 1)

    def chance(self, part: int, whole: int) -> bool:
        """True in `part` of `whole` throws."""
        return self.below(whole) < part

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.below(len(choices))]

    def sample(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` different ones of the choices, in a drawn order."""
        left = list(choices)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """All choices in a drawn order."""
        return self.sample(choices, len(choices))

    def digits(self, count: int) -> str:
        """A text of that many digits."""
        return "".join(str(self.below(10)) for _ in range(count))
