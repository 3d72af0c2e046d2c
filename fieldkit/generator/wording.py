"""What card and report say of things laid out and papers made wrong, with the facts of the case filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fieldkit.generator import stock
from fieldkit.generator.facts import Case
from fieldkit.generator.planting import Change
from fieldkit.model.exercise import Planted
from fieldkit.model.finds import FIND_CODES, IMAGE_FINDS
from fieldkit.model.papers import DOCUMENT_FORMS, FormField
from fieldkit.model.scenario import FindChoice
from fieldkit.model.texts import LANGUAGES, NO_TEXT, Text, set_apart, text

_PLACE = re.compile(r"\{([a-z_]+)\}")
UNIT_ITSELF = "unit"  # where a find shows that is no wrong paper

WRONG_PAPER = text(
    "Printed wrong on purpose: {document}, “{field}”{box}: {wrong}; right would be {right}.",
    ru="Намеренно напечатано неверно: {document}, «{field}»{box}: {wrong}; верно было бы {right}.",
)
WRONG_PAPER_ANSWER = text(
    "{title}. {document}, “{field}”{box}: {wrong}; right would be {right}.",
    ru="{title}. {document}, «{field}»{box}: {wrong}; верно было бы {right}.",
)
NOT_SIGNED = text(
    "Left empty on purpose: {document}, “{field}”{box}.", ru="Намеренно не заполнено: {document}, «{field}»{box}."
)
NOT_SIGNED_ANSWER = text("{title}. {document}, “{field}”{box}.", ru="{title}. {document}, «{field}»{box}.")
EMPTY = text("left empty", ru="не заполнено")
LINE, BOX = text("(line {row})", ru="(строка {row})"), text("(box {box})", ru="(графа {box})")


def thing(choice: FindChoice, point: str | None, case: Case) -> Planted:
    """Something laid on the unit, as the scenario words it."""
    what, answer = fill(choice.what, spoken(case)), fill(choice.answer, spoken(case))
    return Planted("", choice.code, point, (UNIT_ITSELF,), what, answer, choice.level or 1, choice.tagged)


def wrong_paper(choice: FindChoice, change: Change, point: str | None, shown: tuple[str, ...], case: Case) -> Planted:
    """A paper made wrong: what it says, what it should say, and where that stands."""
    form = DOCUMENT_FORMS[change.document]
    box, code = form.field(change.field), FIND_CODES[choice.code]
    values = {
        "title": code.title,
        "document": form.title,
        "field": box.caption if box else form.title,
        "box": _place(box, change.row),
        "row": text(change.row),
        "wrong": text(change.wrong) if change.wrong else EMPTY,
        "right": text(change.right),
    }
    empty = not change.wrong
    what = choice.what or code.what or (NOT_SIGNED if empty else WRONG_PAPER)
    answer = choice.answer or code.answer or (NOT_SIGNED_ANSWER if empty else WRONG_PAPER_ANSWER)
    values |= spoken(case)
    label = change.row if choice.code in IMAGE_FINDS else ""  # each image has a row of its own on the sheet
    return Planted(
        label, choice.code, point, shown, fill(what, values), fill(answer, values), change.level, choice.tagged
    )


def _place(box: FormField | None, row: str) -> Text:
    """Where on its paper an error stands: the number of its box, or of its line."""
    boxed = BOX.fill({"box": box.box}) if box and box.box else NO_TEXT
    found = LINE.fill({"row": row}) if row else boxed
    return Text({lang: f" {words}" for lang, words in found.by_language.items()})


def spoken(case: Case) -> dict[str, Text]:
    """The facts as a text names them: places and people in its own language."""
    return {name: stock.LOCAL_NAMES.get(value) or text(value) for name, value in case.items() if isinstance(value, str)}


def fill(template: Text, values: Mapping[str, Text]) -> Text:
    """The template with its `{places}` filled in, each in the template's language."""
    known = {lang: template.in_language(lang) for lang in LANGUAGES}
    return Text({lang: _filled(words, values, lang) for lang, words in known.items() if words})


def _filled(words: str, values: Mapping[str, Text], lang: str) -> str:
    """Only the places that are there are looked up; one of which nothing is known stays as it stands."""
    return _PLACE.sub(lambda p: set_apart(values[p[1]][lang], lang) if p[1] in values else p[0], words)
