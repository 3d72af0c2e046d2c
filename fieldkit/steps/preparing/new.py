"""A new course: a folder with commented examples to fill in."""

from __future__ import annotations

import re
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import COURSE_FILE
from fieldkit.errors import BadInput
from fieldkit.files import refusal, write_whole
from fieldkit.library.templates import course_template
from fieldkit.model.codes import COURSE_LENGTH


def new_course(folder: Path, title: str = "", code: str = "") -> list[Path]:
    """Write the examples of a new course into `folder`, which is made if need be. Returns the files written: all of
    them, or none where one cannot be written.

    Refuses a folder that holds a course, or any file of a name that would be written.
    """
    files = course_template(code or code_from(folder.name), title or folder.resolve().name)
    if (folder / COURSE_FILE).exists():
        raise BadInput(_("{folder} holds a course already.").format(folder=folder), _("Name another folder."))
    if there := [name for name in files if (folder / name).exists()]:
        told = _("{folder} has files that would be overwritten: {files}.")
        raise BadInput(told.format(folder=folder, files=", ".join(there)), _("Name another folder."))
    written: list[Path] = []
    for path, text in ((folder / name, text) for name, text in files.items()):
        written.append(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [text.encode("utf-8")])
        except BaseException as error:  # Ctrl-C, too
            for done in written:
                done.unlink(missing_ok=True)
            if not isinstance(error, OSError):
                raise
            raise refusal(error, _("{path} was not written").format(path=path)) from error
    return written


def code_from(name: str) -> str:
    """A course code made from a folder's name: what Latin letters and digits it has, or COURSE and the digits."""
    latin = re.sub(r"[^A-Z0-9]", "", name.upper())
    if not re.search(r"[A-Z]", latin) or len(latin) < 2:
        latin = "COURSE" + latin
    return latin[:COURSE_LENGTH]
