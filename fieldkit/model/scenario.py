"""Scenarios: what an author writes, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.model.scoresheet import Item
from fieldkit.model.texts import NO_TEXT, Text, text

SUBJECT_TITLES = {
    "containers": text("Examination of containers", ru="Досмотр контейнеров"),
    "trailers": text("Examination of trucks and trailers", ru="Досмотр грузовиков и прицепов"),
    "documents": text("Analysis of cargo documents", ru="Анализ товарных документов"),
    "narcotics": text("Detection of narcotics", ru="Выявление наркотических средств"),
    "risk": text("Risk analysis", ru="Анализ рисков"),
    "scanner": text("Scanner and image analysis", ru="Сканер и анализ изображений"),
    "legal": text("Legal procedure after a find", ru="Порядок действий после обнаружения"),
    "intelligence": text("Customs intelligence", ru="Таможенная оперативная информация"),
}
SUBJECTS = tuple(SUBJECT_TITLES)

UNIT_TITLES = {
    "container": text("Freight container", ru="Грузовой контейнер"),
    "reefer-container": text("Refrigerated container", ru="Рефрижераторный контейнер"),
    "truck-trailer": text("Tractor and trailer", ru="Тягач с полуприцепом"),
    "documents": text("Papers only", ru="Только документы"),
    "tanker": text("Tank vehicle", ru="Автоцистерна"),
    "baggage": text("Baggage and small items", ru="Багаж и мелкие предметы"),
    "scanner-site": text("Scanner site", ru="Площадка сканера"),
}
UNITS = tuple(UNIT_TITLES)

COMPETENCIES = {
    "safety": text("Safety", ru="Безопасность"),
    "procedure": text("Procedure", ru="Порядок действий"),
    "documents": text("Documents", ru="Документы"),
    "detection": text("Detection", ru="Обнаружение"),
    "reporting": text("Reporting", ru="Доклад и запись"),
}


@dataclass(frozen=True)
class Point:
    """One inspection point of a list, in the order in which it is walked; `number` is what officers call it."""

    id: str
    number: str
    name: Text


@dataclass(frozen=True)
class PointList:
    """An inspection list, such as the seven points of a container."""

    id: str
    title: Text
    points: tuple[Point, ...]
    source: str = ""

    def point(self, point_id: str) -> Point | None:
        """The point of that id, or None."""
        return next((p for p in self.points if p.id == point_id), None)


@dataclass(frozen=True)
class FindChoice:
    """Something that may be planted, or (as a decoy) laid out though it is harmless.

    `points` are the inspection points where it may lie; none for what stands in papers only. `what` tells the
    instructor what to place, `answer` what the trainee should report; both may name facts as `{places}`, and for a
    wrong paper also `{document}`, `{wrong}` and `{right}`. `documents` are the papers that may carry the error.
    """

    code: str
    what: Text
    answer: Text
    points: tuple[str, ...] = ()
    level: int = 1
    tagged: bool = False
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """One exercise as written: the task, the facts to draw, the finds to plant, the items to mark.

    `table` is the reference table it works with (a grading scheme, or indicators and channels); `rows` how many lines
    its table or set of images has, (0, 0) for the usual number.
    """

    id: str
    version: int
    subject: str
    unit: str
    title: Text
    situation: Text
    task: Text
    minutes: int
    scoresheet: str
    hand_in: Text = NO_TEXT
    prepare: tuple[Text, ...] = ()
    props: tuple[Text, ...] = ()
    safety: tuple[Text, ...] = ()
    facts: tuple[str, ...] = ()
    points: str = ""
    table: str = ""
    rows: tuple[int, int] = (0, 0)
    finds: tuple[FindChoice, ...] = ()
    find_count: tuple[int, int] = (1, 1)
    decoys: tuple[FindChoice, ...] = ()
    decoy_count: tuple[int, int] = (0, 0)
    documents: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    model_answer: tuple[Text, ...] = ()
    clean_up: tuple[Text, ...] = ()
    sources: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    author: str = ""

    @property
    def difficulty(self) -> int:
        """How hard its finds are to see, 1 to 3: the mean of their levels; a wrong paper counts as 2."""
        levels = [find.level or 2 for find in self.finds] or [1]
        return (2 * sum(levels) + len(levels)) // (2 * len(levels))
