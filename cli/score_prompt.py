"""Marks typed at the keyboard: one key an item, arrows to go back, each mark on the disk before the next question."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from fieldkit.errors import BadInput
from fieldkit.model.codes import show_short
from fieldkit.model.marks import ENDED, REMARKS, STARTED, MarkedSheet
from fieldkit.model.scoresheet import RATINGS, Item
from fieldkit.paper.words import WORDS
from fieldkit.steps.marking.find_sheet import find_sheet, sheets_by_name
from fieldkit.steps.marking.score import EASTERN_DIGITS, Marking, give_marks, read_mark

from .keyboard import Keys, keys
from .language import ENGLISH, N_, SCREEN, spoken
from .words import STATUS, shown

if TYPE_CHECKING:
    from fieldkit.course import Course

BACK = ("\x1b[A", "\x1b[D", "\x1bOA", "\x1bOD", "\xe0H", "\xe0K", "\x00H", "\x00K", "\x7f", "\x08", "b")
ON = ("\x1b[B", "\x1b[C", "\x1bOB", "\x1bOC", "\xe0P", "\xe0M", "\x00P", "\x00M", "\r", "\n")
LEAVE = ("q", "\x1b")
NOTE_QUESTIONS = {STARTED: N_("Started (HH:MM)"), ENDED: N_("Ended (HH:MM)"), REMARKS: N_("Remarks")}


def ask_sheets(course: Course, typed: str, instructor: str) -> None:
    """Ask for sheet after sheet until an empty answer; `typed` is the first one, if it was named already."""
    once = bool(typed)
    while True:
        typed = typed or click.prompt(
            _("Sheet (scan the code, type its id or a name; Enter ends)"), default="", show_default=False
        )
        if not typed:
            return
        if sheet := _choose(course, typed):
            who = _instructor(course, sheet, instructor)
            with keys() as keyboard:
                MarkingAtKeyboard(course, sheet, who, keyboard).run()
            if once:
                return
        typed = ""


def _choose(course: Course, typed: str) -> str:
    """The sheet that was meant, or "" after saying why there is none."""
    try:
        return find_sheet(course.state, typed)
    except BadInput as refusal:
        found = sheets_by_name(course, typed)
        if not found:
            click.echo(str(refusal))
            return ""
    for number, sheet in enumerate(found, 1):
        name = course.trainees[sheet.trainee].name
        click.echo(
            f"  {number:3}  {show_short(sheet.sheet)}  {sheet.station:8} {name}  ({shown(STATUS, sheet.status)})"
        )
    choice = click.prompt(
        _("Which one (Enter: none)"), type=click.IntRange(0, len(found)), default=0, show_default=False
    )
    return found[choice - 1].sheet if choice else ""


def _instructor(course: Course, sheet: str, given: str) -> str:
    issued = course.state.issued[sheet].sheet.instructor
    while (instructor := given or click.prompt(_("Marked by"), default=issued or None)) not in course.instructors:
        known = ", ".join(f"{p.number} {p.name}" for p in course.instructors.values())
        click.echo(_("There are: {known}").format(known=known))
        given = ""
    return instructor


class MarkingAtKeyboard:
    """One sheet, asked item by item."""

    def __init__(self, course: Course, sheet: str, instructor: str, keyboard: Keys) -> None:
        self.course, self.sheet, self.instructor, self.keyboard = course, sheet, instructor, keyboard
        self.lang = spoken()
        if self.lang == ENGLISH:  # perhaps only for want of a better one: then as it stands on the sheet
            printed = course.instructors[instructor].language or course.settings.languages[0]
            self.lang = printed if printed in SCREEN else ENGLISH

    @property
    def marked(self) -> MarkedSheet:
        """The sheet as the record has it now."""
        return self.course.state.marked(self.sheet)

    def run(self) -> None:
        """Ask for every item that is blank, then the notes, then show all and take corrections."""
        marked = self.marked
        person = self.course.trainees[marked.trainee].name if marked.trainee in self.course.trainees else marked.trainee
        click.echo(f"\n{show_short(self.sheet)}  {marked.station}  {person}")
        click.echo(_("One key an item; arrow up goes back, q leaves (what is marked stays).") + "\n")
        due = marked.due
        place = next((n for n, item in enumerate(due) if item in marked.blank), len(due))
        while place < len(due):
            step = self._ask(place)
            if step is None:
                return
            place = max(0, place + step)
        self._notes()
        self._overview()

    def _ask(self, place: int) -> int | None:
        """Ask for one item; the step to the next one, or None to leave."""
        marked, name = self.marked, self.marked.due[place]
        item = marked.act(name)
        choices = self._choices(item)
        now = marked.mark(name)
        sign = "! " if item and item.critical else ""
        text = item.text[self.lang] if item else WORDS["overall"][self.lang]
        click.echo(f"[{place + 1}/{len(marked.due)}] {sign}{text}")
        click.echo(
            "    " + "   ".join(f"{n} {word}{' *' if m == now else ''}" for n, (m, word) in enumerate(choices, 1))
        )
        while True:
            key = self.keyboard.read().translate(EASTERN_DIGITS)
            if key in BACK:
                return -1
            if key in ON and now:
                return 1
            if key in LEAVE:
                return None
            if key.isdigit() and 1 <= int(key) <= len(choices):
                return 1 if self._give(item, name, choices[int(key) - 1][0]) else 0

    def _choices(self, item: Item | None) -> list[tuple[str, str]]:
        if item is None:
            return [(rating, WORDS[f"rating_{rating}"][self.lang]) for rating in RATINGS]
        return [(mark.id, mark.label[self.lang]) for mark in item.scale.marks]

    def _give(self, item: Item | None, name: str, mark: str) -> bool:
        """Record one mark; a failed critical item is asked for its reason first."""
        reasons = {}
        chosen = item.scale.mark(mark) if item else None
        if item and chosen and item.fails_with(chosen):
            reason = self.keyboard.line("    " + _("Critical item failed. What was seen (Enter: take it back)"))
            if not reason:
                return False
            reasons[name] = reason
        return self._record(name, mark, reasons)

    def _record(self, name: str, mark: str, reasons: dict[str, str]) -> bool:
        """Whether it was recorded; where it was refused, why is shown."""
        try:
            give_marks(self.course, Marking(self.sheet, self.instructor, {name: mark}, reasons), whole=False)
        except BadInput as refusal:
            click.echo(str(refusal))
            return False
        return True

    def _notes(self) -> None:
        for name, question in NOTE_QUESTIONS.items():
            now = self.marked.mark(name) or ""
            asked = _(question) + (f" [{now}]" if now else " " + _("(Enter: none)"))
            while (answer := read_mark(name, self.keyboard.line(asked))) and answer != now:
                if self._record(name, answer, {}):
                    break

    def _overview(self) -> None:
        """Show the whole sheet; a number goes back to its item, Enter ends."""
        while True:
            marked = self.marked
            click.echo()
            for number, name in enumerate(marked.due, 1):
                item = marked.act(name)
                words = dict(self._choices(item))
                mark = marked.mark(name)
                shown = (words.get(mark) or mark) if mark else "-"
                click.echo(f"  {number:3}  {shown:16.16}  {(item.text if item else WORDS['overall'])[self.lang]}")
            answer = self.keyboard.line("\n" + _("All right? Enter ends, a number corrects")).translate(EASTERN_DIGITS)
            if not answer:
                click.echo(_("Marks in the record: {n}.").format(n=len(marked.due) - len(marked.blank)))
                return
            while answer.isdigit() and 1 <= int(answer) <= len(marked.due) and self._ask(int(answer) - 1) == 0:
                pass
