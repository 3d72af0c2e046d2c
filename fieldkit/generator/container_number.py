"""Container numbers by ISO 6346: four letters, six digits, a check digit."""

from __future__ import annotations

from fieldkit.generator.dice import Dice

# Made up: none is meant to be anybody's. A centre that shows its boxes to the public compares them with the register
# of the Bureau International des Containers first.
OWNER_CODES = ("ZZQU", "QXZU", "XQQU", "ZXXU", "QZXU")

# Letters count from 10 and leave out the multiples of 11.
_VALUES = {str(digit): digit for digit in range(10)} | dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True)
)


def remainder(first_ten: str) -> int:
    """The sum of the ten characters' values, each times 2 to the power of its place, modulo 11 (ISO 6346)."""
    return sum(_VALUES[character] << place for place, character in enumerate(first_ten)) % 11


def check_digit(first_ten: str) -> str:
    """The check digit; a remainder of 10 is written 0."""
    return str(remainder(first_ten) % 10)


def is_valid(number: str) -> bool:
    """Whether a container number of eleven characters passes its check digit."""
    return len(number) == 11 and all(c in _VALUES for c in number) and check_digit(number[:10]) == number[10]


def draw_container_number(dice: Dice) -> str:
    """A valid number of a made-up owner, never one whose remainder is 10: owners leave those out as well."""
    owner = dice.pick(OWNER_CODES)
    while True:
        first_ten = owner + dice.digits(6)
        if remainder(first_ten) != 10:
            return first_ten + check_digit(first_ten)
