"""The papers after a find: record, chain of custody, request to the laboratory, and the gaps that can be in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from fieldkit.generator import stock
from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import SIGNED, Case
from fieldkit.generator.planting import Change, Plant, differs, emptied, in_line
from fieldkit.generator.seen import Paper, Papers, Seen

EXHIBITS = (
    "Свёрток с надписью САХАР / Package labelled SUGAR",
    "Два пакета с надписью САХАР / Two bags labelled SUGAR",
    "Коробка с надписью САХАР / Box labelled SUGAR",
    "Пластиковая банка с надписью САХАР / Plastic jar labelled SUGAR",
)
WITNESSES = ("Учебный понятой 1", "Учебный понятой 2", "Учебный понятой 3", "Учебный понятой 4")
INTERPRETERS = ("Учебный переводчик 1", "Учебный переводчик 2")
LANGUAGES = ("русский / Russian", "турецкий / Turkish", "китайский / Chinese", "немецкий / German")
NOT_NEEDED = "не требуется / not needed"
# Who hands to whom after the finder, and what for.
STEPS = (
    ("Учебный хранитель 1", "На хранение / To the store"),
    ("Учебный курьер 1", "Перевозка / Transport"),
    ("Учебный эксперт 1", "Исследование / Examination"),
    ("Учебный хранитель 2", "Возврат / Return"),
)
COMPARED = {"L03": ("bag_seal",), "L05": ("exhibit_gross_g",), "L08": ("exhibit", "exhibit_number")}
SIGNATURES = ("officer_signature", "copy_signature")
LINE_SIGNATURES = ("giver_signed", "taker_signed")
MOMENT = "%Y-%m-%d %H:%M"


def draw_custody(dice: Dice, case: Case) -> Case:
    """One exhibit, its record, and three or four transfers one after the other."""
    found = datetime.fromisoformat(f"{case['border_date']}T09:00") + timedelta(minutes=5 * dice.below(60))
    seal, finder = f"EV{dice.digits(6)}", dice.pick(stock.SEAL_OFFICERS)
    language = dice.pick(LANGUAGES)
    one, two = dice.sample(WITNESSES, 2)
    transfers = _transfers(dice, finder, found, seal)
    return {
        "record_number": f"TR-{dice.digits(4)}",
        "found_on": found.strftime(MOMENT),
        "found_at": case["crossing_point"],
        "found_by": finder,
        "exhibit_number": f"E-{dice.digits(4)}",
        "exhibit": dice.pick(EXHIBITS),
        "exhibit_gross_g": str(dice.between(480, 2600)),
        "bag_seal": seal,
        "language_used": language,
        "interpreter": NOT_NEEDED if language == LANGUAGES[0] else dice.pick(INTERPRETERS),
        "witness_one": one,
        "witness_two": two,
        "rights_signature": SIGNED,
        "officer_signature": SIGNED,
        "copy_signature": SIGNED,
        "transfers": transfers,
        "request_number": f"LAB-{dice.digits(4)}",
        "requested_on": transfers[1]["moved_on"][:10],
        "question": "Что это за вещество? / What substance is it?",
    }


def _transfers(dice: Dice, finder: str, found: datetime, seal: str) -> list[dict[str, str]]:
    rows, giver, moment = [], finder, found
    for taker, purpose in STEPS[: dice.between(3, 4)]:
        moment += timedelta(minutes=5 * dice.between(9, 400))
        rows.append({
            "moved_on": moment.strftime(MOMENT),
            "handed_by": giver,
            "giver_signed": "подп. / sgd",
            "received_by": taker,
            "taker_signed": "подп. / sgd",
            "purpose": purpose,
            "seal_then": seal,
        })  # fmt: skip
        giver = taker
    return rows


def errors(documents: Papers, today: str) -> Iterator[Seen]:
    """Gaps and contradictions in the papers of a find."""
    for code, fields in COMPARED.items():
        for field in fields:
            values = {name: paper[field] for name, paper in documents.items() if field in paper}
            if len(set(values.values())) > 1:
                yield Seen(code, field, tuple(values))
    for name, paper in documents.items():
        yield from _record(name, paper)
        if paper.get("lines") and "handed_by" in paper["lines"][0]:
            yield from _chain(name, paper)


def _record(name: str, paper: Paper) -> Iterator[Seen]:
    """Persons, rights and signatures of a record."""
    for field in SIGNATURES:
        if paper.get(field) == "":
            yield Seen("L04", field, (name,))
    if paper.get("rights_signature") == "":
        yield Seen("L06", "rights_signature", (name,))
    if paper.get("interpreter") == "" or (
        paper.get("interpreter") == NOT_NEEDED and paper.get("language_used") != LANGUAGES[0]
    ):
        yield Seen("L06", "interpreter", (name,))
    if "witness_two" in paper and paper["witness_two"] in ("", paper["witness_one"], paper["found_by"]):
        yield Seen("L07", "witness_two", (name,))


def _chain(name: str, paper: Paper) -> Iterator[Seen]:
    """No gap, no unsigned transfer, times in order, one seal."""
    holder, before = paper["found_by"], paper["found_on"]
    for row in paper["lines"]:
        if row["handed_by"] != holder:
            yield Seen("L01", "handed_by", (name,))
        if row["moved_on"] < before:
            yield Seen("L02", "moved_on", (name,))
        if row["seal_then"] != paper["bag_seal"]:
            yield Seen("L03", "seal_then", (name,))
        for field in LINE_SIGNATURES:
            if not row[field]:
                yield Seen("L04", field, (name,))
        holder, before = row["received_by"], row["moved_on"]


def _another_holder(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """A transfer by somebody who never received the exhibit."""
    if "custody-form" not in names:
        return None
    place = dice.between(1, len(documents["custody-form"]["lines"]) - 1)
    return in_line(documents, "custody-form", place, "handed_by", f"Учебный сотрудник {dice.between(4, 9)}", 2)


def _out_of_order(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """A transfer dated before the one above it."""
    if "custody-form" not in names:
        return None
    rows = documents["custody-form"]["lines"]
    place = dice.between(1, len(rows) - 1)
    earlier = datetime.strptime(rows[place - 1]["moved_on"], MOMENT) - timedelta(minutes=5 * dice.between(4, 200))
    return in_line(documents, "custody-form", place, "moved_on", earlier.strftime(MOMENT), 2)


def _other_seal_in_line(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """From one transfer on, another seal is written."""
    if "custody-form" not in names:
        return None
    rows = documents["custody-form"]["lines"]
    place = dice.below(len(rows))
    return in_line(documents, "custody-form", place, "seal_then", _one_digit(dice, rows[place]["seal_then"]), 3)


def _unsigned_line(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    if "custody-form" not in names:
        return None
    place = dice.below(len(documents["custody-form"]["lines"]))
    return in_line(documents, "custody-form", place, dice.pick(LINE_SIGNATURES), "", 1)


def _one_digit(dice: Dice, value: str) -> str:
    place = dice.pick([n for n, c in enumerate(value) if c.isdigit()])
    return value[:place] + str((int(value[place]) + dice.between(1, 9)) % 10) + value[place + 1 :]


def _lighter(dice: Dice, value: str) -> str:
    return str(int(value) - dice.between(25, 180))


def _other_exhibit(dice: Dice, value: str) -> str:
    return dice.pick([exhibit for exhibit in EXHIBITS if exhibit != value])


def _same_witness(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """The second witness is nobody, or the officer who found it."""
    if "find-record" not in names:
        return None
    paper = documents["find-record"]
    wrong = dice.pick(("", paper["found_by"]))
    return Change("find-record", "witness_two", wrong, paper["witness_two"], 1, {**paper, "witness_two": wrong})


def _no_interpreter(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """No interpreter, though the person speaks another language."""
    paper = documents.get("find-record", {})
    if "find-record" not in names or paper["interpreter"] == NOT_NEEDED:
        return None
    return Change(
        "find-record", "interpreter", NOT_NEEDED, paper["interpreter"], 2, {**paper, "interpreter": NOT_NEEDED}
    )


PLANTS: dict[str, tuple[Plant, ...]] = {
    "L01": (_another_holder,),
    "L02": (_out_of_order,),
    "L03": (differs(("bag_seal",), _one_digit, 2), _other_seal_in_line),
    "L04": (
        _unsigned_line,
        emptied("find-record", SIGNATURES),
        emptied("lab-request", SIGNATURES),
    ),
    "L05": (differs(("exhibit_gross_g",), _lighter, 2),),
    "L06": (emptied("find-record", ("rights_signature",)), _no_interpreter),
    "L07": (_same_witness,),
    "L08": (differs(("exhibit",), _other_exhibit, 2), differs(("exhibit_number",), _one_digit, 3)),
}
