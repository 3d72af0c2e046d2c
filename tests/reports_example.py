"""Made-up courses for the tests of reports: any number of people, stations and items, marks by a fixed pattern."""

from __future__ import annotations

import random
from decimal import Decimal

from fieldkit.judging.results import course_results
from fieldkit.model.course import CourseSettings, Policy, Station
from fieldkit.model.exercise import Exercise, Planted
from fieldkit.model.find_items import FIND_SCALE, NO_FALSE_REPORT, find_item_id
from fieldkit.model.marks import ENDED, REMARKS, STARTED, Given, MarkedSheet
from fieldkit.model.people import Person
from fieldkit.model.plan import Group, Plan, Visit
from fieldkit.model.scenario import Scenario
from fieldkit.model.scoresheet import RATING, Item, Mark, Scale
from fieldkit.model.texts import NO_TEXT, text
from fieldkit.reports.data import ReportData

DONE = Scale(
    "done",
    (
        Mark("done", text("done", ru="выполнено"), Decimal(1)),
        Mark("in-part", text("in part", ru="частично"), Decimal("0.5")),
        Mark("not-done", text("not done", ru="не выполнено"), Decimal(0), fails=True),
        Mark("not-applicable", text("not applicable", ru="неприменимо"), None),
    ),
)
ACTS = (
    text(
        "Views the seal and the locking hardware from all sides",
        ru="Осматривает пломбу и запорное устройство со всех сторон",
    ),
    text("Reads the whole seal number aloud", ru="Читает вслух номер пломбы полностью"),
    text("Compares the number with two documents", ru="Сверяет номер с двумя документами"),
    text("Tugs the seal", ru="Дёргает пломбу"),
    text("Twists and turns the seal", ru="Поворачивает и крутит пломбу"),
    text(
        "Wears gloves, helmet and a vest that is seen from afar",
        ru="Работает в перчатках, каске и жилете, заметном издалека",
    ),
    text("Photographs the seal so that its number can be read", ru="Фотографирует пломбу так, чтобы номер читался"),
    text("Stands clear of the doors while they are opened", ru="Стоит в стороне при открывании дверей"),
    text(
        "Measures the inner length and compares it with the outer one",
        ru="Измеряет внутреннюю длину и сравнивает с наружной",
    ),
    text("Records the time and the outcome in the log", ru="Записывает время и результат в журнал"),
)
STATIONS = (
    text("Seal check", ru="Проверка пломбы"),
    text("Container, seven points", ru="Контейнер, семь точек"),
    text("Truck and trailer, seventeen points", ru="Тягач и полуприцеп, семнадцать точек"),
    text("Documents desk", ru="Стол документов"),
    text("Scanner images", ru="Снимки сканера"),
    text("After the find", ru="После находки"),
    text("Load check", ru="Проверка груза"),
    text("Field test", ru="Экспресс-тест"),
    text("Interview", ru="Опрос"),
    text("Information report", ru="Информационный рапорт"),
    text("Scanner safety", ru="Безопасность сканера"),
    text("Use of tools", ru="Инструменты"),
)
COMPETENCIES = ("procedure", "safety", "documents", "detection", "reporting")
NAMES = (
    "Aibek Toktogulov",
    "Жылдыз Өмүрбекова",
    "Даврон Рахимов",
    "Gulnara Asanova",
    "Нурлан Эсенов",
    "Farid Karimi",
    "Бекзат Турсунбаев",
    "Zarina Nazarova",
)
INSTRUCTORS = {
    "I1": Person("I1", "Аскар Жумабаев"),
    "I2": Person("I2", "Maria Lindqvist"),
    "I3": Person("I3", "Сергей Петров"),
}
REMARK = "Calm and careful; forgot the second document until asked. Should practise reading the number aloud."


def items(count: int) -> tuple[Item, ...]:
    """`count` items on the same scale; every sixth is critical."""
    return tuple(
        Item(
            f"item-{n + 1}",
            ACTS[n % len(ACTS)],
            DONE,
            Decimal(1 + n % 3),
            critical=n % 6 == 5,
            competency=COMPETENCIES[n % len(COMPETENCIES)],
        )
        for n in range(count)
    )


FIND_A = Item(
    find_item_id("A"), text("Finding A (see the sealed card)"), FIND_SCALE, Decimal(2), competency="detection"
)


def find_marks(chance: random.Random, clean: bool) -> dict[str, str]:
    """What an instructor marks in the last rows."""
    found = "none-here" if clean else chance.choice(("found", "found", "found-with-help", "not-found"))
    return {FIND_A.id: found, NO_FALSE_REPORT.id: chance.choice(("none", "none", "none", "false-report"))}


def given(item: str, mark: str, instructor: str, entry: str, **more: object) -> Given:
    """One value of a sheet."""
    at = str(more.pop("at", "2026-05-12T09:14:03Z"))
    return Given(item, mark, instructor, instructor, at, "typed", entry, **more)  # type: ignore[arg-type]


def sheet(
    trainee: str,
    station: str,
    marks: dict[str, str],
    the_items: tuple[Item, ...],
    *,
    instructor: str = "I1",
    copy: int = 1,
    rating: str = "",
    remark: str = "",
    reasons: dict[str, str] | None = None,
    times: tuple[str, str] | None = None,
) -> MarkedSheet:
    """A sheet with marks by item."""
    name = f"{trainee}-{station}-{copy}"
    notes = {RATING: rating, REMARKS: remark, STARTED: times[0] if times else "", ENDED: times[1] if times else ""}
    values = {**marks, **{key: value for key, value in notes.items() if value}}
    reasons = reasons or {}
    return MarkedSheet(
        name,
        trainee,
        station,
        instructor,
        copy,
        the_items,
        {
            key: (given(key, mark, instructor, f"{name}:e", reason=reasons.get(key, "")),)
            for key, mark in values.items()
        },
    )


def course(
    trainees: int = 8,
    stations: int = 4,
    count: int = 10,
    *,
    seed: int = 1,
    skill: float = 0.75,
    lang: str = "",
    names: tuple[str, ...] = NAMES,
    policy: Policy = Policy(),
    scored: float = 1.0,
    doubles: int = 0,
    own_pass_marks: bool = False,
    title: str = "Torugart practical, May 2026",
    codes: bool = True,
    finds: bool = False,
    group_size: int = 4,
) -> ReportData:
    """A whole course. `scored` is the share of the sheets that have marks, `doubles` how many are marked twice."""
    chance = random.Random(seed)
    the_items = (*items(count), FIND_A, NO_FALSE_REPORT) if finds else items(count)
    people = {
        f"{n + 1:03d}": Person(
            f"{n + 1:03d}",
            names[n % len(names)] + (f" {n // len(names) + 1}" if n >= len(names) else ""),
            fathers_name="Karim" if n % 3 == 0 else "",
            rank="Inspector",
            unit="Torugart customs post",
            country="KG",
        )
        for n in range(trainees)
    }
    own = (
        Station(
            f"s{n + 1}", "seal", STATIONS[n % len(STATIONS)], pass_mark=Decimal(60 + 5 * n) if own_pass_marks else None
        )
        for n in range(stations)
    )
    settings = CourseSettings(
        "TORUGART26", title, "Torugart", "2026-05-11", "2026-05-15", ("en",), stations=tuple(own), policy=policy
    )
    numbers = list(people)
    groups = tuple(
        Group(f"G{k + 1}", tuple(numbers[k * group_size : (k + 1) * group_size]))
        for k in range(-(-trainees // group_size))
    )
    visits = tuple(
        Visit((k + s) % max(stations, len(groups)) + 1, station.id, group.id, f"I{(k + s) % 3 + 1}")
        for s, station in enumerate(settings.stations)
        for k, group in enumerate(groups)
    )
    sheets = []
    for number in people:
        ability = skill + chance.uniform(-0.2, 0.2)
        for s, station in enumerate(settings.stations):
            blank = chance.random() > scored
            instructor = f"I{(s + int(number)) % 3 + 1}"
            copies = 2 if doubles > 0 and (int(number) + s) % 5 == 0 else 1
            doubles -= copies - 1
            for copy in range(1, copies + 1):
                marks, reasons = {}, {}
                for item in the_items[:count]:
                    draw = chance.random()
                    hard = 0.12 * (s % 3)
                    mark = "done" if draw < ability - hard else "in-part" if draw < ability + 0.12 else "not-done"
                    if item.critical and mark == "not-done" and chance.random() < 0.5:
                        mark = "done"
                    mark = "not-applicable" if chance.random() < 0.03 else mark
                    marks[item.id] = mark
                    if item.critical and mark == "not-done":
                        reasons[item.id] = "Worked without gloves although told to put them on."
                if finds:
                    group = (int(number) - 1) // group_size
                    marks |= find_marks(chance, group % 4 == 3)
                if blank:
                    marks = dict(list(marks.items())[: count // 2]) if chance.random() < 0.4 else {}
                sheets.append(
                    sheet(
                        number,
                        station.id,
                        marks,
                        the_items,
                        instructor=instructor if copy == 1 else f"I{(int(instructor[1]) % 3) + 1}",
                        copy=copy,
                        rating="" if blank else str(chance.choice((2, 3, 3, 4, 4, 5))),
                        remark=REMARK if not blank and chance.random() < 0.35 else "",
                        reasons=reasons,
                        times=None if blank else ("09:10", "09:25"),
                    )
                )
    scenario = Scenario("seal", 1, "containers", "container", text("Seal check"), NO_TEXT, NO_TEXT, 10, "walk")
    find = Planted("A", "A01", "floor", (), text("a false floor"), text("false floor"))
    exercises = {
        (station.id, group.id): Exercise(
            "seal",
            1,
            "containers",
            7,
            k % 4 == 3,
            {},
            () if k % 4 == 3 else (find,),
            (),
            {},
            the_items,
            NO_TEXT,
            NO_TEXT,
        )
        for station in settings.stations
        for k, group in enumerate(groups)
    }
    plan = Plan(7, groups, visits, {})
    return ReportData(
        settings,
        people,
        INSTRUCTORS,
        {"seal": scenario},
        exercises,
        plan,
        course_results(sheets, numbers, settings),
        lang=lang,
        made_on="2026-05-15",
        head="7K3F-92QX",
        codes={number: f"{number}0000000000000"[:16] for number in people} if codes else {},
    )
