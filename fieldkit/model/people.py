"""The people of a course."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A trainee or an instructor, as the roster has them. `number` is the personnel number: unique in its roster.

    A name is one display name, never split: not everybody has a first and a last one.
    """

    number: str
    name: str
    fathers_name: str = ""
    rank: str = ""
    unit: str = ""
    country: str = ""
    gender: str = ""
    language: str = ""
