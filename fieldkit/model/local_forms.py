"""Digits and dates as readers of Dari and Pashto write them, where a course asks for it.

Codes, container numbers and whatever holds a letter stay as they are: 0 to 9, from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldkit.model.texts import LANGUAGES

_EASTERN = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC = "٠١٢٣٤٥٦٧٨٩"
EASTERN_DIGITS = str.maketrans(_EASTERN + _ARABIC, "0123456789" * 2)  # for `str.translate`: read as 0 to 9
_TO_EASTERN = str.maketrans("0123456789.,", _EASTERN + "٫٬")

MONTHS = {
    "prs": ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"),
    "ps": ("وری", "غویی", "غبرګولی", "چنګاښ", "زمری", "وږی", "تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب"),
}
# The leap years of each 33, as they fall from 1343 to 1472; before and after, the equinox asks for others.
_LEAP_IN_33 = {1, 5, 9, 13, 17, 22, 26, 30}
_FROM, _TO = date(1964, 3, 21), date(2093, 3, 20)


@dataclass
class Manner:
    """What the course asks for; as in `TRANSLATIONS`, one for the process, set when its pages are printed."""

    eastern_digits: bool = False
    solar_dates: bool = False


MANNER = Manner()


def set_manner(eastern_digits: bool, solar_dates: bool) -> None:
    """From here on, pages show numbers and dates so."""
    MANNER.eastern_digits, MANNER.solar_dates = eastern_digits, solar_dates


def western(text: str) -> str:
    """A text with Persian and Arabic digits written 0 to 9, as a number is read whoever typed it."""
    return text.translate(EASTERN_DIGITS)


def shown_number(value: object, lang: str) -> str:
    """A number as the course shows it in `lang`."""
    return str(value).translate(_TO_EASTERN) if MANNER.eastern_digits and LANGUAGES[lang].right_to_left else str(value)


def shown_day(iso: str, lang: str) -> str:
    """An ISO date, with the Solar Hijri one beside it where the course asks: `2026-05-18 (28 ثور 1405)`."""
    if not iso or not MANNER.solar_dates or lang not in MONTHS or not _FROM <= date.fromisoformat(iso) < _TO:
        return iso
    year, month, day = solar_hijri(date.fromisoformat(iso))
    return f"{iso} ({shown_number(day, lang)} {MONTHS[lang][month - 1]} {shown_number(year, lang)})"


def solar_hijri(day: date) -> tuple[int, int, int]:
    """Year, month and day of the Solar Hijri calendar, from 1343 to 1471 (1964 to 2093); ValueError outside."""
    if not _FROM <= day < _TO:
        raise ValueError(f"{day} is out of range")
    year, first = 1404, date(2025, 3, 21)  # 1 Hamal 1404
    while day < first:
        year -= 1
        first = date.fromordinal(first.toordinal() - _days_in(year))
    while (after := first.toordinal() + _days_in(year)) <= day.toordinal():
        year, first = year + 1, date.fromordinal(after)
    left = day.toordinal() - first.toordinal()
    month, length = 1, 31
    while left >= length:
        left -= length
        month += 1
        length = 31 if month <= 6 else 30
    return year, month, left + 1


def _days_in(year: int) -> int:
    """Days of a Solar Hijri year."""
    return 366 if year % 33 in _LEAP_IN_33 else 365
