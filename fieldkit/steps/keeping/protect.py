"""A course whose names a lost laptop does not give away.

Names and what else is said of the trainees move from the roster into `names.age`, which a passphrase opens; the
roster keeps a callsign and a language for each. Remarks are sealed as they are written down. What is printed or
reported without the passphrase carries callsigns. Forgetting the passphrase loses names and remarks, never a mark.
"""

from __future__ import annotations

import csv
import io
import json
import secrets
from collections.abc import Collection
from dataclasses import asdict, replace
from gettext import gettext as _
from typing import Any

from fieldkit.course import NAMES, NAMES_KEY, Course
from fieldkit.errors import BadInput
from fieldkit.files import refusal, write_whole
from fieldkit.model.marks import REMARKS, MarkedSheet
from fieldkit.model.people import Person
from fieldkit.record.sealed import SEALED, new_keys, open_with_passphrase, seal_with_passphrase, unseal

SEALED_REMARK = "(sealed)"


def protect(course: Course, passphrase: str) -> int:
    """Move the names of the roster behind the passphrase; returns how many. Given again, late arrivals follow.

    Callsigns are new where nothing was drawn yet; a course that was drawn keeps its numbers as callsigns.
    """
    if not passphrase:
        raise BadInput(_("An empty passphrase protects nothing."))
    if course.path("trainees.xlsx").exists():
        raise BadInput(_("The roster is an XLSX file."), _("Save it as CSV UTF-8, and remove the XLSX, to protect it."))
    with course.alone():  # two that protect at once would each have a key, and only one of them would open remarks
        course.__dict__.pop("trainees", None)
        return _protect(course, passphrase)


def _protect(course: Course, passphrase: str) -> int:
    vault = _vault(course, passphrase)
    drawn = bool(course.state.draws)
    before = {Person(**person): callsign for callsign, person in vault["people"].items()}  # by one that was cut off
    roster: list[Person] = []
    for person in course.trainees.values():
        callsign = person.number
        if person.name != person.number:
            taken = {p.number for p in course.trainees.values()} | set(vault["people"])
            new = person.number if drawn else _callsign(taken | {p.number for p in roster})
            callsign = before.get(person) or new
            vault["people"][callsign] = asdict(person)
        roster.append(Person(callsign, callsign, language=person.language))
    _write(course, vault, passphrase, roster)
    return len(vault["people"])


def _vault(course: Course, passphrase: str) -> dict[str, Any]:
    if course.path(NAMES).exists():
        found: dict[str, Any] = json.loads(open_with_passphrase(course.path(NAMES).read_bytes(), passphrase))
        return found
    public, secret = new_keys()
    return {"public": public, "secret": secret, "people": {}}


def _callsign(taken: Collection[str]) -> str:
    while (callsign := f"C{100 + secrets.randbelow(900 + 9 * len(taken))}") in taken:
        pass
    return callsign


def _write(course: Course, vault: dict[str, Any], passphrase: str, roster: list[Person]) -> None:
    """The key that seals remarks first, since the course counts as protected once the names are there. Then the names:
    only when they are safely on the disk does the roster lose them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["number", "name", "language"])
    writer.writerows([p.number, p.name, p.language] for p in roster)
    names = json.dumps(vault, ensure_ascii=False).encode("utf-8")
    try:
        write_whole(course.path(NAMES_KEY), [vault["public"].encode("ascii") + b"\n"])
        write_whole(course.path(NAMES), [seal_with_passphrase(names, passphrase)])
        write_whole(course.path("trainees.csv"), [out.getvalue().encode("utf-8")])
    except OSError as error:
        raise refusal(error, _("the names were not moved")) from error


def open_names(course: Course, passphrase: str) -> None:
    """Show names and remarks in this run. Raises BadInput for a wrong passphrase."""
    vault = _vault(course, passphrase)
    course.__dict__["trainees"] = {
        number: replace(Person(**vault["people"][number]), number=number, language=person.language)
        if number in vault["people"]
        else person
        for number, person in course.trainees.items()
    }
    course.names_secret = vault["secret"]


def readable(course: Course, sheet: MarkedSheet) -> MarkedSheet:
    """The sheet with its sealed remarks opened, or a word in their place while the names are closed."""
    if not any(value.mark.startswith(SEALED) for value in sheet.given.get(REMARKS, ())):
        return sheet
    remarks = tuple(replace(value, mark=_opened(course, value.mark)) for value in sheet.given[REMARKS])
    return replace(sheet, given={**sheet.given, REMARKS: remarks})


def _opened(course: Course, remark: str) -> str:
    """A remark; a word in its place where it is closed, or was sealed on a laptop that was protected by itself."""
    if not course.names_secret:
        return SEALED_REMARK
    try:
        return unseal(remark, course.names_secret)
    except BadInput:
        return SEALED_REMARK
