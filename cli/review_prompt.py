"""What waits for a person, asked one after the other, with a way back to what was answered before."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

import click

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import show_short
from fieldkit.model.local_forms import EASTERN_DIGITS
from fieldkit.steps.marking.changes import correct, refuse_stranger
from fieldkit.steps.marking.pages_read import WHOLE
from fieldkit.steps.scanning.readings import record_held_back
from fieldkit.steps.scanning.review import changed_since, choices, needs_reason, said_since, settle_items, to_review

from .review_command import on_screen, picture, write_page
from .shared import tell
from .words import CHANNEL, shown

MOST_CHOICES = 9  # that are shown with a key each; of more the id is typed
STOP, BACK = ("Q", "Й"), ("B", "И")  # one key on two keyboards


class Stopped(Exception):
    """The person stops."""


class Later(Exception):
    """The person leaves this one for later."""


class Back(Exception):
    """The person wants the one before again."""


def ask(course: Course, instructor: str | None) -> None:
    """Every item that waits, until the last or until the person stops. What was settled is in the record at once."""
    if instructor:
        refuse_stranger(course, instructor)
    record_held_back(course)  # what needs nobody any more: since it was read somebody has said whose the sheet is
    waiting = to_review(course, on_screen(course))
    if write_page(course, to_review(course)):
        tell(_("All pictures: {file}").format(file=course.path("scans", "review.html")))
    try:
        Review(course, waiting, instructor or "").run()
    finally:  # interrupted, too
        write_page(course, to_review(course))


class Review:
    """What waited when the review began, and how it was settled since, by place."""

    def __init__(self, course: Course, waiting: list[dict[str, Any]], instructor: str) -> None:
        self.course = course
        self.waiting = waiting
        self.instructor = instructor
        self.settled: dict[int, str] = {}

    def run(self) -> None:
        """One after the other, or back to the one before."""
        at = 0
        while at < len(self.waiting):
            words = choices(self.course, self.waiting[at], on_screen(self.course))
            self._tell(at, words)
            try:
                self._take(at, _choose(words))
                at += 1
            except Later:
                at += 1
            except Back:
                at = max(0, at - 1)
            except Stopped:
                return

    def _tell(self, at: int, words: Mapping[str, str]) -> None:
        one = self.waiting[at]
        whose = f"{one['station']} {one['trainee']}".rstrip()
        click.echo(f"\n{at + 1}/{len(self.waiting)}  {show_short(one['sheet'])}  {whose}")
        click.secho(one["text"], bold=True)
        click.echo(f"  {one['why']}")
        if one["mark"]:
            click.echo("  " + _("read: {mark}").format(mark=words.get(one["mark"], "") or one["mark"]))
        for value in one["values"]:
            click.echo("  " + _told_value(value, words))
        for name in dict.fromkeys(filter(None, (*one["crops"], one["picture"]))):
            click.echo("  " + picture(self.course, name, whole_path=True))
        if mark := self.settled.get(at):
            click.echo("  " + _("settled just now: {mark}").format(mark=words.get(mark, "") or mark))

    def _take(self, at: int, mark: str) -> None:
        """Settle one, or correct how it was settled before. What is refused, or is no longer as shown, stays as it was.
        Raises Later, Stopped."""
        self.instructor = self.instructor or _who(self.course)
        if self.settled.get(at) == mark:
            return
        one, before = self.waiting[at], self.settled.get(at)
        try:
            if before is None:
                self._settle(one, mark)
            else:
                self._correct(one, before, mark)
            self.settled[at] = mark
        except BadInput as refusal:  # what was settled before stays
            click.echo(str(refusal))

    def _settle(self, one: dict[str, Any], mark: str) -> None:
        reasons = self._reasons(one, mark)
        why = _why() if len({v["mark"] for v in one["values"]}) > 1 else ""
        if told := changed_since(self.course, one, on_screen(self.course)):
            raise BadInput(told)
        settle_items(self.course, one["sheet"], {one["item"]: mark}, self.instructor, why, reasons)

    def _correct(self, one: dict[str, Any], before: str, mark: str) -> None:
        if one["item"] == WHOLE:
            raise BadInput(_("Whose a sheet is, is settled once."), _("Change it by fieldkit bind, void or correct."))
        reasons, why = self._reasons(one, mark), _why()
        if told := said_since(self.course, one, before):
            raise BadInput(told)
        correct(self.course, one["sheet"], {one["item"]: mark}, self.instructor, why, reasons)

    def _reasons(self, one: Mapping[str, Any], mark: str) -> dict[str, str]:
        if not needs_reason(self.course, one, mark):
            return {}
        return {one["item"]: _text(_("Why it failed, as on the sheet (Enter: later, q: stop)"))}


def _told_value(value: Mapping[str, str], words: Mapping[str, str]) -> str:
    said = _("{instructor} gave {mark} ({channel})").format(
        instructor=value["instructor"],
        mark=words.get(value["mark"], "") or value["mark"],
        channel=shown(CHANNEL, value["channel"]),
    )
    return ": ".join(filter(None, (said, value["reason"])))


def _choose(possible: Mapping[str, str]) -> str:
    """What a person says, of marks with their words; in their order. Raises Later, Back, Stopped."""
    if len(possible) > MOST_CHOICES:
        known = {mark.upper(): mark for mark in possible}
        question = _("Whose is it: number of the trainee (Enter: later, b: back, q: stop)")
        again = _("There is no such trainee in the roster.")
    else:
        for number, (mark, words) in enumerate(possible.items(), 1):
            click.echo(f"  {number}  {words or mark}")
        known = {str(number): mark for number, mark in enumerate(possible, 1)}
        question = _("Which holds (Enter: later, b: back, q: stop)")
        again = _("Type a number from 1 to {n}, or press Enter.").format(n=len(possible))
    while True:
        typed = _text(question).upper().translate(EASTERN_DIGITS)
        if typed in known:
            return known[typed]
        if typed in BACK:
            raise Back
        if typed == "0":
            raise Later
        click.echo(again)


def _why() -> str:
    return _text(_("Why this mark (Enter: later, q: stop)"))


def _who(course: Course) -> str:
    """Who settles; asked again for somebody whom the course does not have. Raises Stopped."""
    while True:
        typed = str(click.prompt(_("Settled by (number of the instructor, q: stop)"))).strip()
        if typed.upper() in STOP:
            raise Stopped
        for number in (typed, typed.upper()):
            if number in course.instructors:
                return number
        click.echo(_("There are: {names}").format(names=", ".join(course.instructors)))


def _text(question: str) -> str:
    """What is typed. Raises Later for nothing, Stopped for the key that stops."""
    typed = str(click.prompt(question, default="", show_default=False)).strip()
    if not typed:
        raise Later
    if typed.upper() in STOP:
        raise Stopped
    return typed
