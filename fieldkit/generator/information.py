"""Raw information and the report made of it: grades, handling codes, nothing that gives the source away.

The grading guide is a paper on the desk, so what is right can be worked out from the papers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from fieldkit.generator import stock
from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import Case
from fieldkit.generator.planting import Change, Plant, emptied, in_line
from fieldkit.generator.seen import Paper, Papers, Seen
from fieldkit.model.reference import ReferenceTable
from fieldkit.model.texts import Text

LINES = (4, 5)
_KINDS = {"source": "Источник / Source", "information": "Сведения / Information", "handling": "Обращение / Handling"}
# What may be told: neutral subjects, as they stand in public lists of indicators.
TOPICS = (
    ("Фирма на складе у рынка вдвое занижает вес в документах.",
     "A firm at a warehouse by the market halves the weights in its papers."),
    ("Новая фирма без офиса ждёт третью партию за месяц.",
     "A new firm without an office expects its third consignment this month."),
    ("Тягачи одного перевозчика меняют прицепы перед границей.",
     "The tractors of one carrier change trailers just before the border."),
    ("Груз, заявленный как плитка, едет в машинах с холодильной установкой.",
     "Cargo declared as tiles travels in trucks with refrigeration units."),
    ("Пломбы одного отправителя после рейса продают на рынке.",
     "Seals of one consignor are sold at a market after the trip."),
    ("Водитель делает крюк в 300 км без записи в путевом листе.",
     "A driver makes a detour of 300 km that is not in his log."),
    ("Счета одной фирмы печатают уже после прибытия машины.",
     "Invoices of one firm are printed after the truck has arrived."),
    ("Партии бытовой химии возят в дом без вывески.",
     "Consignments of household chemicals go to a house without a sign."),
)  # fmt: skip
# Words by which a source could be recognised; they have no place in a report.
SOURCES = (
    ("ночной сторож терминала", "the night watchman of the terminal"),
    ("брат водителя", "the driver's brother"),
    ("бухгалтер этой фирмы", "the firm's book-keeper"),
    ("грузчик с рампы 4", "a loader from ramp 4"),
    ("хозяин соседнего склада", "the owner of the warehouse next door"),
    ("диспетчер перевозчика", "the carrier's dispatcher"),
)
SECOND = " Кроме того: "
_MOMENT = "%Y-%m-%d %H:%M"


def draw_reports(dice: Dice, case: Case, table: ReferenceTable, rows: tuple[int, int]) -> Case:
    """Pieces of information as they came in, the report that grades them rightly, and the guide."""
    day = datetime.fromisoformat(f"{case['border_date']}T16:00")
    raw, graded = [], []
    topics = dice.sample(TOPICS, dice.between(*rows))
    for number, (topic, who) in enumerate(zip(topics, dice.shuffled(SOURCES), strict=False), 1):
        source, known = dice.pick(table.of("source")), dice.pick(table.of("information"))
        received = day - timedelta(minutes=10 * dice.between(6, 900))
        raw.append({
            "line": str(number),
            "received_on": received.strftime(_MOMENT),
            "source_history": both(dice.pick(source.signs)),
            "how_known": both(dice.pick(known.signs)),
            "told": f"{topic[0]} Сообщил(а): {who[0]}. / {topic[1]} Told by {who[1]}.",
        })  # fmt: skip
        graded.append({
            "line": str(number),
            "source_grade": source.code,
            "information_grade": known.code,
            "handling": dice.pick(table.of("handling")).code,
            "reported": f"{topic[0]} / {topic[1]}",
        })  # fmt: skip
    return {
        "report_number": f"IR-{dice.digits(4)}",
        "scheme": table.title["en"],
        "report_on": day.strftime(_MOMENT),
        "reporter": dice.pick(stock.SEAL_OFFICERS),
        "raw": raw,
        "graded": graded,
        "grades": [
            {"part": _KINDS[row.part], "kind": row.part, "code": row.code, "meaning": both(row.words),
             "signs": [both(sign) for sign in row.signs]}
            for row in table.rows
        ],
    }  # fmt: skip


def both(words: Text) -> str:
    """A text as papers carry it, in both languages."""
    return words["ru"] if words["ru"] == words["en"] else f"{words['ru']} / {words['en']}"


def errors(documents: Papers, today: str) -> Iterator[Seen]:
    """Grades that do not fit, sources that can be recognised, missing codes, two subjects in one entry."""
    report, raw, guide = (documents.get(n) for n in ("information-report", "raw-information", "grading-guide"))
    if report is None:
        return
    for field in ("report_on", "reporter"):
        if not report[field]:
            yield Seen("I06", field, ("information-report",))
    for row in report["lines"]:
        if not row["handling"]:
            yield Seen("I04", "handling", ("information-report",), row["line"])
        if any(who in row["reported"] for pair in SOURCES for who in pair):
            yield Seen("I03", "reported", ("information-report",), row["line"])
        if sum(topic[0] in row["reported"] for topic in TOPICS) > 1:
            yield Seen("I05", "reported", ("information-report",), row["line"])
    if raw is not None and guide is not None:
        yield from _grades(report, raw, guide)


def _grades(report: Paper, raw: Paper, guide: Paper) -> Iterator[Seen]:
    right = _right_grades(guide)
    papers = ("information-report", "raw-information", "grading-guide")
    for row, told in zip(report["lines"], raw["lines"], strict=True):
        if row["source_grade"] != right["source", told["source_history"]]:
            yield Seen("I01", "source_grade", papers, row["line"])
        if row["information_grade"] != right["information", told["how_known"]]:
            yield Seen("I02", "information_grade", papers, row["line"])


def _right_grades(guide: Paper) -> dict[tuple[str, str], str]:
    """The grade of every sign, by kind and sign."""
    return {(row["kind"], sign): row["code"] for row in guide["lines"] for sign in row["signs"]}


def grade_key(documents: Papers) -> str:
    """The right grades of every line, from the raw information and the guide."""
    raw, guide = documents.get("raw-information"), documents.get("grading-guide")
    if raw is None or guide is None:
        return ""
    right = _right_grades(guide)
    pairs = ((row, right["source", row["source_history"]], right["information", row["how_known"]])
             for row in raw["lines"])  # fmt: skip
    return "; ".join(f"{row['line']}: {source}-{known}" for row, source, known in pairs)


def _other_grade(kind: str, field: str, level: int) -> Plant:
    """Another grade of the same scheme; a neighbouring one is harder to see than one far off."""

    def way(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
        if "information-report" not in names or "grading-guide" not in documents:
            return None
        codes = [row["code"] for row in documents["grading-guide"]["lines"] if row["kind"] == kind]
        rows = documents["information-report"]["lines"]
        place = dice.below(len(rows))
        here = codes.index(rows[place][field])
        others = [code for n, code in enumerate(codes) if n != here and (level == 3) == (abs(n - here) == 1)]
        return in_line(documents, "information-report", place, field, dice.pick(others), level) if others else None

    return way


def _named_source(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """The report still says who told it."""
    if "information-report" not in names:
        return None
    rows = documents["information-report"]["lines"]
    place = dice.below(len(rows))
    russian, english = dice.pick(SOURCES)
    first, _, second = rows[place]["reported"].partition(" / ")
    wrong = f"{first} Видел(а) {russian}. / {second} Seen by {english}."
    return in_line(documents, "information-report", place, "reported", wrong, 1)


def _two_subjects(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """A second subject is put into the same entry."""
    if "information-report" not in names:
        return None
    rows = documents["information-report"]["lines"]
    place = dice.below(len(rows))
    free = [topic for topic in TOPICS if not any(topic[0] in row["reported"] for row in rows)]
    first, _, second = rows[place]["reported"].partition(" / ")
    topic = dice.pick(free)
    wrong = f"{first}{SECOND}{topic[0]} / {second} Also: {topic[1]}"
    return in_line(documents, "information-report", place, "reported", wrong, 2)


def _no_handling(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    if "information-report" not in names:
        return None
    place = dice.below(len(documents["information-report"]["lines"]))
    return in_line(documents, "information-report", place, "handling", "", 1)


PLANTS: dict[str, tuple[Plant, ...]] = {
    "I01": (_other_grade("source", "source_grade", 2), _other_grade("source", "source_grade", 3)),
    "I02": (_other_grade("information", "information_grade", 2), _other_grade("information", "information_grade", 3)),
    "I03": (_named_source,),
    "I04": (_no_handling,),
    "I05": (_two_subjects,),
    "I06": (emptied("information-report", ("report_on", "reporter")),),
}
