"""A made-up course for the demo: people, and marks from a plausible model. Nobody here exists.

The chance of doing an item grows with the trainee's ability and falls with the item's difficulty and the instructor's
strictness (a logistic model); all of it comes from hashes of the seed, the same on every machine.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence

from fieldkit.model.find_items import fits, label_of
from fieldkit.model.people import Person
from fieldkit.model.scoresheet import RATING, Item

KYRGYZ = (
    ("Асанов", "Бакыт"), ("Эркинбекова", "Айгүл"), ("Токтогулов", "Нурлан"), ("Жумабаева", "Чолпон"),
    ("Өмүрбеков", "Данияр"), ("Сыдыкова", "Гүлнара"), ("Мамытов", "Эрлан"), ("Исаков", "Тимур"),
    ("Абдыкалыкова", "Мээрим"), ("Кыдырмаев", "Азамат"), ("Бейшеналиев", "Улан"), ("Орозбекова", "Жылдыз"),
    ("Шаршенов", "Кубат"), ("Турдубаев", "Максат"), ("Алымкулова", "Назира"), ("Касымов", "Руслан"),
)  # fmt: skip
AFGHAN = (
    ("Ahmad Karimi", "احمد کریمی"), ("Zahra Noori", "زهرا نوری"), ("Mohammad Rahimi", "محمد رحیمی"),
    ("Farid Popal", "فرید پوپل"), ("Laila Safi", "لیلا صافی"), ("Abdul Wali Stanekzai", "عبدالولي ستانکزی"),
    ("Nasir Ahmadzai", "نصیر احمدزی"), ("Parwin Amiri", "پروین امیری"),
)  # fmt: skip
INSTRUCTORS = ("Садыков Марат", "Болотова Анара", "Hamid Yusufi", "Кадыров Алмаз", "Ниязова Светлана", "Бекова Динара")
RANKS = ("инспектор", "старший инспектор", "inspector", "senior inspector")
REASONS = (
    "Started before the area was safe; stopped by the instructor.",
    "Did it alone, without a second officer; told twice.",
    "Left out although asked what comes first.",
)
REMARKS = ("Calm and systematic.", "Good eye for detail, slow at the start.", "Should speak louder to his partner.")


def people(count: int, *, eastern: bool = False) -> tuple[Person, ...]:
    """Trainees T01, T02, …, two Kyrgyz to one Afghan; `eastern` writes the Afghan names in their own letters."""
    return tuple(_trainee(n, eastern) for n in range(count))


def _trainee(n: int, eastern: bool) -> Person:
    number = f"T{n + 1:02}"
    if n % 3 == 2:
        name = AFGHAN[n // 3 % len(AFGHAN)][eastern] + _again(n // 3, len(AFGHAN))
        return Person(number, name, rank=RANKS[2 + n % 2], unit="Sher Khan Bandar", country="AF")
    k = n - n // 3
    name = " ".join(KYRGYZ[k % len(KYRGYZ)]) + _again(k, len(KYRGYZ))
    return Person(number, name, rank=RANKS[n % 2], unit="Торугарт", country="KG")


def instructors(count: int) -> tuple[Person, ...]:
    """Instructors I01, I02, …"""
    return tuple(
        Person(f"I{n + 1:02}", INSTRUCTORS[n % len(INSTRUCTORS)] + _again(n, len(INSTRUCTORS))) for n in range(count)
    )


def _again(n: int, names: int) -> str:
    return f" {n // names + 1}" if n >= names else ""


def marks_for(
    seed: int, trainee: str, station: str, instructor: str, items: Sequence[Item], planted: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Marks by item (the rating included) and reasons for failed critical items, of one sheet.

    `planted` are the labels of the exercise's finds: a find that is not there is marked as taking itself out. Two
    instructors who mark the same trainee see the same performance, but for one item in twelve.
    """
    ability = _normal(seed, "ability", trainee) * 0.9 + _normal(seed, "place", trainee, station) * 0.4
    strict = _normal(seed, "strict", instructor) * 0.4
    marks, reasons, shares = {}, {}, []
    for item in items:
        ease = 2.5 + ability - strict - 0.7 * _normal(seed, "item", station, item.id) + (1.6 if item.critical else 0)
        own = (instructor,) if _chance(seed, "eye", instructor, trainee, station, item.id) < 1 / 12 else ()
        chance = _chance(seed, trainee, station, item.id, *own)
        marks[item.id], share = _mark(item, 1 / (1 + math.exp(-ease)), chance, planted)
        shares.append(share)
        mark = item.scale.mark(marks[item.id])
        if mark and item.fails_with(mark):
            reasons[item.id] = REASONS[int(_chance(seed, "why", trainee, item.id) * len(REASONS))]
    done = sum(shares) / max(1, len(shares))
    rating = 3 + (done - 0.78) * 9 + _normal(seed, "rating", trainee, station) * 0.4 - len(reasons)
    marks[RATING] = str(min(5, max(1, round(rating))))
    return marks, reasons


def _mark(item: Item, likely: float, chance: float, planted: Sequence[str]) -> tuple[str, float]:
    """The mark of one item and the share that it earns."""
    label = label_of(item.id)
    possible = [m for m in item.scale.marks if label is None or fits(m.id, label in planted)]
    counted = [m for m in possible if m.share is not None]
    if not counted:
        return possible[0].id, 1.0
    best, *less = sorted(counted, key=lambda m: -(m.share or 0))
    if chance < likely or not less:
        return best.id, 1.0
    # mostly the mark that says it was not done; the ones between now and then
    place = (chance - likely) / (1 - likely)
    failing = [m for m in less if m.fails] or less[-1:]
    chosen = failing[0] if place > 0.25 else less[int(place * 4 * len(less))]
    return chosen.id, float(chosen.share or 0)


def missing(seed: int, trainee: str, station: str) -> bool:
    """Whether the sheet got lost: about one in forty."""
    return _chance(seed, "lost", trainee, station) < 0.025


def minutes_taken(seed: int, trainee: str, station: str) -> int:
    """How long the trainee worked: 9 to 19 minutes."""
    return 9 + int(_chance(seed, "minutes", trainee, station) * 11)


def remark(seed: int, trainee: str, station: str) -> str:
    """A remark on one sheet in six."""
    chance = _chance(seed, "remark", trainee, station)
    return REMARKS[int(chance * 6 * len(REMARKS))] if chance < 1 / 6 else ""


def roster_rows(people: Sequence[Person]) -> list[Mapping[str, str]]:
    """Roster rows by column name."""
    return [{"number": p.number, "name": p.name, "rank": p.rank, "unit": p.unit, "country": p.country} for p in people]


def _chance(seed: int, *what: str) -> float:
    digest = hashlib.sha256("\x1f".join((str(seed), *what)).encode("utf-8")).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def _normal(seed: int, *what: str) -> float:
    """About normal, mean 0 and spread 1: twelve even chances added up (the same on every machine, unlike libm's)."""
    return sum(_chance(seed, str(n), *what) for n in range(12)) - 6
