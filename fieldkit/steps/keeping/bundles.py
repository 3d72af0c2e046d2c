"""Many laptops, no server: a bundle carries one laptop's course to another, a merge takes it in.

A merge is the union of the records, so it does not matter which laptop merges what, in which order, or how often.
Files (rosters, scenarios, scans) come along: what is missing here is put in its place, what differs is kept aside
and told, never written over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import COURSE_FILE, NAMES, NAMES_KEY, Course
from fieldkit.errors import BadInput
from fieldkit.files import BESIDE, read_bytes, refusal, write_whole
from fieldkit.model.state import State
from fieldkit.record.bundle import Bundle, read_bundle, write_bundle
from fieldkit.record.merge import merge_entries

BACKUPS, ASIDE = "backups", "merged"
FOLDERS = ("scenarios", "scoresheets", "standards", "translations", "scans")
ROSTERS = ("trainees", "instructors")
OF_THIS_LAPTOP = (".lock", ".html")  # in `scans`: what each laptop makes for itself


@dataclass(frozen=True)
class Merged:
    """What one bundle brought: new entries, known ones, devices that forked, files put in place and kept aside."""

    bundle: Path
    new: int
    known: int
    forked: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    aside: tuple[str, ...] = field(default=())


def course_id(state: State) -> str:
    """What tells a course from every other: its code and a digest of its secret; "" before the first draw."""
    return f"{state.code}-{hashlib.sha256(state.key).hexdigest()[:12]}" if state.key else ""


def bundle_course(course: Course, path: Path, passphrase: str | None = None, recipient: str | None = None) -> int:
    """Write this laptop's record and files to one bundle; returns its size in bytes. Refuses to overwrite a file."""
    if path.exists():
        raise _there(path)
    if not path.absolute().parent.is_dir():
        raise BadInput(_("There is no folder {folder}.").format(folder=path.parent), _("Check its name and place."))
    files = dict(_files(course.folder))
    made_for = course_id(course.state)
    if not made_for:
        raise BadInput(
            _("This course has no record yet: there is nothing to carry."),
            _("Draw it first: {command}").format(command="fieldkit draw"),
        )
    try:
        return write_bundle(
            path, course.record.entries, files, course=made_for, passphrase=passphrase, recipient=recipient
        )
    except FileExistsError as error:
        raise _there(path) from error


def _there(path: Path) -> BadInput:
    return BadInput(
        _("{path} is there already.").format(path=path),
        _("Name another file; a bundle is never written over another."),
    )


def back_up(course: Course, path: Path, passphrase: str | None = None, recipient: str | None = None) -> int:
    """As `bundle_course`, and `scores.json` holds every entry afterwards."""
    size = bundle_course(course, path, passphrase, recipient)
    course.record.snapshot()
    return size


def merge_bundles(
    course: Course, paths: Sequence[Path], passphrase: str | None = None, identity: str | None = None
) -> list[Merged]:
    """Take bundles in. All of them are read and proven before anything is written; one that is refused stops all.

    Before the first new entry a backup of the record goes into `backups/`.
    """
    wanted = course_id(course.state) or None
    bundles = [(path, _read(path, wanted, passphrase, identity)) for path in paths]
    if wanted is None and len({bundle.course for _, bundle in bundles}) > 1:
        raise BadInput(_("These bundles are of different courses."), _("Merge those of one course at a time."))
    here = {entry.hash for entry in course.record.entries}
    if here and any(entry.hash not in here for _, bundle in bundles for entry in bundle.entries):
        _back_up_before(course)
    merged = [_take_in(course, path, bundle) for path, bundle in bundles]
    course.__dict__.pop("state", None)
    return merged


def _read(path: Path, course: str | None, passphrase: str | None, identity: str | None) -> Bundle:
    """What a bundle holds; of several the one that is refused is named."""
    try:
        return read_bundle(path, course=course, passphrase=passphrase, identity=identity)
    except BadInput as refused:
        named = refused.message if str(path) in refused.message else f"{path}: {refused.message}"
        raise BadInput(named, refused.hint, refused.problems) from refused


def _back_up_before(course: Course) -> None:
    path = course.path(BACKUPS, f"before-merge-{course.record.head()}.bundle")
    if path.exists():
        return
    try:
        path.parent.mkdir(exist_ok=True)
        write_bundle(path, course.record.entries, {}, course=course_id(course.state))
    except FileExistsError:  # by another merge at the same moment; it is named by what is in it
        pass
    except OSError as error:
        raise refusal(error, _("the bundle was not written")) from error


def _take_in(course: Course, path: Path, bundle: Bundle) -> Merged:
    report = merge_entries(course.record, bundle.entries)
    placed, aside = [], []
    for name, data in bundle.files.items():
        where = course.folder.joinpath(*name.split("/"))
        if not where.exists() and _placed(where, data):
            placed.append(name)
        elif read_bytes(where) != data:
            digest = hashlib.sha256(data).hexdigest()[:8]
            where = course.path(ASIDE, digest, *name.split("/"))
            if not where.exists() and _placed(where, data):
                aside.append(where.relative_to(course.folder).as_posix())
    return Merged(path, len(report.new), report.known, tuple(report.forked), tuple(placed), tuple(aside))


def _placed(path: Path, data: bytes) -> bool:
    """Put a file where none is; False where another command has just put one there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, [data], fresh=True)
        return True
    except FileExistsError:
        return False
    except OSError as error:
        doing = _("{path} was not written; the entries of the bundle are in the record").format(path=path)
        raise refusal(error, doing) from error


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a course that travel, by their name in the bundle."""
    singles = [
        folder / COURSE_FILE,
        folder / NAMES,
        folder / NAMES_KEY,
        *(folder / f"{roster}{kind}" for roster in ROSTERS for kind in (".csv", ".xlsx")),
    ]
    inside = [path for name in FOLDERS for path in sorted((folder / name).rglob("*"))]
    for path in (*singles, *inside):
        own = path.parent == folder / "scans" and path.suffix in OF_THIS_LAPTOP
        if path.is_file() and not path.name.startswith(".") and not own and path.suffix != BESIDE:
            yield path.relative_to(folder).as_posix(), path
