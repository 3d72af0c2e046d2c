"""fieldkit analyse"""

from __future__ import annotations

from contextlib import ExitStack
from decimal import Decimal, InvalidOperation
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldkit.errors import BadInput

from .shared import course_folder, json_option, lang_option, print_json, show_names, tell

if TYPE_CHECKING:
    from fieldkit.reports.quality_data import QualityData

DEFAULT_PDF = ""


@click.command("analyse")
@click.argument("courses", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--table",
    type=click.Path(path_type=Path),
    help="Analyse a CSV file: trainee, station, instructor, item, mark[, of].",
)
@click.option("--pass-mark", "mark", metavar="PERCENT", help="The pass mark of --table (else 70).")
@click.option(
    "--pdf",
    is_flag=False,
    flag_value=DEFAULT_PDF,
    metavar="FILE",
    help="Write the quality file; without a name, reports/quality.pdf of the course.",
)
@click.option("--samples", type=click.IntRange(0, 20000), help="Resamples of trainees for the intervals (else 2000).")
@lang_option
@json_option
def command(
    courses: tuple[Path, ...],
    table: Path | None,
    mark: str | None,
    pdf: str | None,
    samples: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """Say how good the assessment was: stations to mend, items, instructors, reliability, pass marks.

    Without COURSES, the course that you are in; with several, all of them together, by scenario and version. In a
    --table the item "rating" is the overall rating, 1 to 5.
    """
    if table and courses:
        raise click.UsageError(_("give courses or --table, not both"))
    if mark is not None and not table:
        raise click.UsageError(_("--pass-mark belongs to --table; a course has its own"))
    if pdf and Path(pdf).is_dir():
        raise BadInput(
            _("--pdf: {path} is a folder.").format(path=pdf), _("Name a file; write the courses before --pdf.")
        )
    default: Path | None = None
    if table:
        from fieldkit.steps.evaluating.analyse import analyse_table

        data = analyse_table(table, _percent(mark), samples, lang)
    else:
        data, default = _of_courses(courses or (course_folder(),), samples, lang)
    if pdf is not None:
        _write(data, _pdf_path(pdf, default))
    if as_json:
        from fieldkit.steps.evaluating.results import marks_list

        about = {"title": data.title, "courses": list(data.courses), "left_out": data.left_out}
        about |= {"guessed_most": data.guessed_most} | marks_list(data.standards)
        print_json(about | data.analysis.as_dict())
    else:
        from .analyse_summary import summary

        for line in summary(data):
            click.echo(line)


def _percent(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(text.replace(",", ".").removesuffix("%").strip())
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= 100:
        raise BadInput(
            _('--pass-mark: "{text}" is not a percentage.').format(text=text), _("Write a number from 0 to 100.")
        )
    return value


def _of_courses(folders: tuple[Path, ...], samples: int | None, lang: str) -> tuple[QualityData, Path | None]:
    """The analysis, and where the quality file of a single course lies."""
    from fieldkit.course import Course
    from fieldkit.steps.evaluating.analyse import analyse_courses, quality_path

    with ExitStack() as open_:
        courses = [open_.enter_context(Course(folder)) for folder in folders]
        if len({course.folder for course in courses}) < len(courses):
            raise BadInput(_("One course is given twice."), _("Name each course once."))
        for course in courses:
            for warning in course.record.warnings:
                click.echo(_("Warning: {text}").format(text=warning), err=True)
            show_names(course)
        data = analyse_courses(courses, samples, lang)
        return data, quality_path(courses[0]) if len(courses) == 1 else None


def _pdf_path(name: str, default: Path | None) -> Path:
    if name == DEFAULT_PDF:
        if default is None:
            raise BadInput(
                _("Several courses or a table have no folder of their own."), _("Name the file: --pdf FILE.pdf")
            )
        return default
    return Path(name)


def _write(data: QualityData, path: Path) -> None:
    from fieldkit.steps.evaluating.analyse import write_quality

    tell(_("Quality file: {path}").format(path=write_quality(data, path)))
