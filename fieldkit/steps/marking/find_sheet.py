"""Finding the sheet that somebody means: by its code, its short id, or a trainee's name or number."""

from __future__ import annotations

import unicodedata
from gettext import gettext as _

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import NotOurs, parse_code, read_short, short_id, show_short
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.state import State

_ARABIC_KEYS = str.maketrans("يكى", "یکی")  # what an Arabic keyboard writes in place of the Persian letters
MOST_SHOWN = 24

# A barcode scanner types as a keyboard does: under a Russian layout its Latin letters come out as these.
_RUSSIAN_KEYS = str.maketrans(
    "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬйцукенгшщзфывапролдячсмить.",
    "QWERTYUIOPASDFGHJKLZXCVBNMQWERTYUIOPASDFGHJKLZXCVBNM/",
)


def find_sheet(state: State, typed: str) -> str:
    """The id of the issued sheet whose code or short id was typed. Refuses anything else, saying what it is."""
    text = typed.strip()
    if "/" in text or _looks_scanned(text):
        return _by_code(state, text)
    short = read_short(text)
    if short is None:
        raise BadInput(
            _('"{typed}" is not the id of a sheet: it has eight letters and digits, printed under the code.').format(
                typed=typed
            ),
            _("Check it against the sheet: one character may be wrong. `fieldkit sheets` lists all sheets."),
        )
    if short not in state.issued:
        raise _not_issued(short, _("Check which course it is from."))
    return short


def sheet_meant(course: Course, typed: str) -> str:
    """As `find_sheet`; where a trainee's name was typed, the refusal names the sheets of that trainee."""
    try:
        return find_sheet(course.state, typed)
    except BadInput:
        found = sheets_by_name(course, typed)
        if not found:
            raise
        names = {number: person.name for number, person in course.trainees.items()}
        told = [
            _('"{typed}" is a name or number of a trainee. Say which sheet is meant, by its id:').format(typed=typed)
        ]
        told += [f"  {show_short(s.sheet)}  {s.station}  {s.trainee} {names[s.trainee]}" for s in found[:MOST_SHOWN]]
        raise BadInput("\n".join(told)) from None


def _not_issued(name: str, hint: str) -> BadInput:
    return BadInput(_("Sheet {sheet} was not issued by this course.").format(sheet=show_short(name)), hint)


def _looks_scanned(text: str) -> bool:
    return text.translate(_RUSSIAN_KEYS).upper().startswith("FK1/")


def _by_code(state: State, text: str) -> str:
    try:
        code = parse_code(text)
    except NotOurs:
        try:
            code = parse_code(text.translate(_RUSSIAN_KEYS))
        except NotOurs as why:
            raise BadInput(
                _('"{text}": {why}.').format(text=text, why=why),
                _("Scan the code again, or type the short id under it."),
            ) from why
    if code.course != state.code:
        raise BadInput(
            _("This sheet is from the course {other}; this is {course}.").format(other=code.course, course=state.code),
            _("Open that course."),
        )
    if code.kind != "S":
        raise BadInput(
            _("This is the code of a tag or sticker, not of a sheet."), _("Scan the code on the scoresheet.")
        )
    name = short_id(code.id)
    if name not in state.issued or state.issued[name].sheet.code_id != code.id:
        raise _not_issued(name, _("Was it printed on another laptop?"))
    return name


def _plain(name: str) -> str:
    """A name as it is looked for: small letters without accents and joiners, so that Елкин finds Ёлкин."""
    letters = unicodedata.normalize("NFKD", name.strip()).casefold().translate(_ARABIC_KEYS)
    return "".join(c for c in letters if unicodedata.category(c) not in ("Mn", "Cf"))


def sheets_by_name(course: Course, typed: str) -> list[MarkedSheet]:
    """The sheets of the trainees whose name or number holds what was typed, in the order of printing."""
    wanted = _plain(typed)
    people = [
        p.number
        for p in course.trainees.values()
        if wanted and (wanted in _plain(p.name) or wanted == p.number.casefold())
    ]
    return [s for s in course.state.all_marked() if s.trainee in people and not s.voided]
