"""The folder of scenarios that a centre shares between its courses."""

from __future__ import annotations

import os
from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import BadInput
from fieldkit.library.course_file import COURSE_FILE, read_course

VARIABLE = "FIELDKIT_SHARED"
KEY = "shared_folder"


def shared_folder(course_folder: Path | None) -> Path | None:
    """What course.yaml names as `shared_folder` (from the course's folder on), else the environment; None for none.

    Raises BadInput where the folder is not there: without it the course would silently play other scenarios.
    """
    settings = None
    if course_folder is not None and (course_folder / COURSE_FILE).exists():
        settings, _problems = read_course(course_folder)
    if course_folder is not None and settings is not None and settings.shared_folder:
        return _there(course_folder / Path(settings.shared_folder).expanduser(), f"{KEY}, {COURSE_FILE}")
    named = os.environ.get(VARIABLE, "").strip()
    return _there(Path(named).expanduser(), VARIABLE) if named else None


def _there(folder: Path, said_by: str) -> Path:
    if folder.is_dir():
        return folder
    raise BadInput(
        _("The shared folder {folder} is not there ({said_by}).").format(folder=folder, said_by=said_by),
        _("Connect the drive or correct the name; it holds the folders `scenarios` and `scoresheets`."),
    )
