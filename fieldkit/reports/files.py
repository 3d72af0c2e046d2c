"""Where reports are written: one file each under a name that every system takes, or all in one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldkit.errors import BadInput, FieldkitError
from fieldkit.paper.page import Pdf, open_pdf
from fieldkit.reports.data import ReportData
from fieldkit.reports.letters import check_letters

_UNSAFE = re.compile(r"[^\w-]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


@dataclass(frozen=True)
class Report:
    """One report to write: the id of its subject, its title and language, and how it is drawn."""

    id: str
    title: str
    lang: str
    draw: Callable[[Pdf], None]


def write_reports(
    data: ReportData,
    folder: Path,
    reports: Sequence[Report],
    *,
    what: str,
    only: Collection[str] | None,
    collected: bool,
) -> list[Path]:
    """Write `reports` into `folder`, or into one file of that name beside it; returns the files, none for no report.

    Raises BadInput, before anything is written, for an id in `only` that has no report, or a letter that cannot be
    printed.
    """
    known = {report.id for report in reports}
    if strange := [name for name in only or () if name not in known]:
        raise BadInput(f"There is no report on {what} {', '.join(strange)}.", f"There are: {', '.join(sorted(known))}.")
    check_letters(data)
    names = file_names(report.id for report in reports)
    wanted = [report for report in reports if only is None or report.id in only]
    if collected and wanted:
        path = folder.with_name(folder.name + ".pdf")
        _write(data, path, wanted, data.settings.title, data.language())
        return [path]
    for report in wanted:
        _write(data, folder / names[report.id], [report], report.title, report.lang)
    return [folder / names[report.id] for report in wanted]


def _write(data: ReportData, path: Path, reports: Sequence[Report], title: str, lang: str) -> None:
    make_folder(path.parent)
    with open_pdf(path, title=title, lang=lang, page_size=data.settings.paper) as pdf:
        for report in reports:
            report.draw(pdf)


def make_folder(folder: Path) -> None:
    """Make a folder with all above it. Raises FieldkitError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FieldkitError(
            f"The folder {folder} could not be made: {error.strerror or error}.", "Check who may write there."
        ) from error


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """A file name for each id that every system takes, no two alike even where the case of letters does not count."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for ident in ids:
        stem = _UNSAFE.sub("_", ident)[:80] or "_"
        stem = f"{stem}_" if _RESERVED.match(stem) else stem
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name.casefold())
        names[ident] = f"{name}.pdf"
    return names
