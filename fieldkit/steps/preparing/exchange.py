"""A scenario passed from centre to centre: one file, signed with the sender's key, checked with the public part of it.

The file is a ZIP with the scenario's YAML files and `signature.json`: the SHA-256 of each, which key signed them, and
the signature of that list. Nothing is taken from a file whose signature does not hold, whose names lead out of the
course, that is too large, or that has problems of its own.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import Any

from fieldkit.errors import BadInput
from fieldkit.files import refusal, write_whole
from fieldkit.library.checks import check_scenarios
from fieldkit.library.kinds import SLUG
from fieldkit.library.load import POINTS, SCENARIOS, SCORESHEETS, TABLES, Library, load_library
from fieldkit.library.signing import fingerprint, holds, make_key, public_of, sign

SIGNATURE = "signature.json"
FORMAT = 1
MOST_FILES, MOST_BYTES = 20, 2_000_000
PLACES = (SCENARIOS, f"{SCENARIOS}/{POINTS}", f"{SCENARIOS}/{TABLES}", SCORESHEETS)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


def write_key(path: Path) -> tuple[Path, Path, str]:
    """Make a key for this centre: `path` with the secret, `path`.pub for the others; returns both and the fingerprint.

    A key that is there stays: whatever was signed with it could no longer be proved.
    """
    public_path = path.with_name(path.name + ".pub")
    if there := [p for p in (path, public_path) if p.exists()]:
        raise _there(there)
    secret, public = make_key()
    made = []
    for target, data in ((path, secret), (public_path, public)):
        made.append(target)
        try:
            write_whole(target, [data], fresh=True)
            target.chmod(0o600 if target == path else 0o644)
        except BaseException as error:  # half a pair is of no use, and would stand in the way of a whole one
            if isinstance(error, FileExistsError):
                made.remove(target)  # somebody else has just made it
            for done in made:
                done.unlink(missing_ok=True)
            if isinstance(error, FileExistsError):
                raise _there([target]) from error
            if not isinstance(error, OSError):
                raise
            raise refusal(error, _("{path} was not written").format(path=target)) from error
    return path, public_path, fingerprint(public, str(public_path))


def _there(paths: Sequence[Path]) -> BadInput:
    return BadInput(
        _("{files}: there already.").format(files=", ".join(map(str, paths))),
        _("Nothing was written. Keep that key, or choose another name."),
    )


def pack_scenario(library: Library, scenario_id: str, target: Path, key_file: Path) -> tuple[str, ...]:
    """Write a scenario with its scoresheet, point list and table into `target`; returns the names in it."""
    scenario = library.scenario(scenario_id)
    wanted = {f"{SCENARIOS}/{scenario_id}.yaml", f"{SCORESHEETS}/{scenario.scoresheet}.yaml"}
    if scenario.points:
        wanted |= {f"{SCENARIOS}/{POINTS}/{scenario.points}.yaml", f"{SCENARIOS}/{POINTS}/names.yaml"}
    if scenario.table:
        wanted.add(f"{SCENARIOS}/{TABLES}/{scenario.table}.yaml")
    files = {name: library.file(name).read_bytes() for name in sorted(wanted)}
    signed = _signed(files, key_file)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, SIGNATURE: signed}.items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data)
    try:
        write_whole(target, [whole.getvalue()])
    except OSError as error:
        raise refusal(error, _("{path} was not written").format(path=target)) from error
    return tuple(files)


def install_scenario(
    source: Path, key_files: Sequence[Path], course_folder: Path, *, replace: bool = False
) -> tuple[Path, ...]:
    """Put the files of a signed scenario into a course; those that are there already and the same are left alone.

    `key_files` are the public keys that are trusted. Raises BadInput, and writes nothing, where none of them signed
    it, a file differs from one that is there (unless `replace`), or the scenario has problems.
    """
    files = _verified(source, key_files)
    _refuse_faulty(files)
    new = {course_folder / name: data for name, data in files.items() if not _same(course_folder / name, name, data)}
    if (differing := [path for path in new if path.exists()]) and not replace:
        raise BadInput(
            _("{files}: there already, and not the same.").format(files=", ".join(str(path) for path in differing)),
            _("Nothing was written. To replace it: --replace"),
        )
    for path, data in new.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [data])
        except OSError as error:
            raise refusal(error, _("{path} was not written").format(path=path)) from error
    return tuple(new)


def _same(path: Path, name: str, data: bytes) -> bool:
    """Whether the course, or the library where the course has no file of its own, has these very bytes."""
    if path.exists():
        return path.read_bytes() == data
    try:
        return load_library().file(name).read_bytes() == data
    except BadInput:
        return False


def _verified(source: Path, key_files: Sequence[Path]) -> dict[str, bytes]:
    """The files of a signed ZIP by name."""
    files = _unpacked(source)
    said = _signature_in(source, files.pop(SIGNATURE, None))
    if said["files"] != _digests(files):
        raise _refused(source, _("it was changed after it was signed"))
    public = {str(path): path.read_bytes() for path in key_files}
    trusted = {fingerprint(text, name): (name, text) for name, text in public.items()}
    if said["key"] not in trusted:
        told = _("it is signed with the key {key}, which is none of yours ({yours})")
        raise _refused(source, told.format(key=said["key"], yours=", ".join(trusted)))
    name, text = trusted[said["key"]]
    if not holds(text, bytes.fromhex(said["signature"]), _to_sign(said["files"], said["key"]), name):
        raise _refused(source, _("the signature does not hold; it was changed after it was signed"))
    for name in files:
        path = PurePosixPath(name)
        if str(path.parent) not in PLACES or path.suffix != ".yaml" or not SLUG.fullmatch(path.stem):
            raise _refused(source, _('it holds "{name}", which has no place in a course').format(name=name))
    return files


def _unpacked(source: Path) -> dict[str, bytes]:
    """Everything in a ZIP, unless it is too much."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise _refused(source, _("it is too large for a scenario"))
            if len({entry.filename for entry in entries}) < len(entries):
                raise _refused(source, _("it holds two files of one name"))
            return {entry.filename: archive.read(entry) for entry in entries}
    except _UNREADABLE as error:
        raise _refused(source, _("it is no packed scenario ({reason})").format(reason=error)) from error


def _signature_in(source: Path, text: bytes | None) -> dict[str, Any]:
    """What the signature file says: `format`, `files`, `key`, `signature`."""
    if text is None:
        raise _refused(source, _("it is not signed"))
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or "format" not in said:
        raise _refused(source, _("its signature cannot be read"))
    if said["format"] != FORMAT:
        raise _refused(source, _("it was packed by a newer fieldkit (format {n})").format(n=said["format"]))
    wanted = {"format", "files", "key", "signature"}
    if set(said) != wanted or not isinstance(said["files"], dict) or not _is_hex(said["signature"]):
        raise _refused(source, _("its signature cannot be read"))
    return {**said, "key": str(said["key"])}


def _is_hex(text: object) -> bool:
    return isinstance(text, str) and len(text) == 128 and all(c in "0123456789abcdef" for c in text)


def _refused(source: Path, why: str) -> BadInput:
    return BadInput(
        _("{file} was not installed: {why}.").format(file=source, why=why), _("Nothing was written. Ask for it again.")
    )


def _refuse_faulty(files: Mapping[str, bytes]) -> None:
    """Read everything in a folder of its own first."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        library = load_library(Path(folder))
        problems = [p for p in (*library.problems, *check_scenarios(library)) if not p.warning and folder in p.file]
        if problems:
            raise BadInput.from_problems(problems)


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def _to_sign(digests: Mapping[str, Any], key: str) -> bytes:
    said = {"format": FORMAT, "files": digests, "key": key}
    return json.dumps(said, sort_keys=True, ensure_ascii=True).encode("ascii")


def _signed(files: Mapping[str, bytes], key_file: Path) -> bytes:
    """The signature file for these files."""
    secret, name, digests = key_file.read_bytes(), str(key_file), _digests(files)
    key = fingerprint(public_of(secret, name), name)
    signature = sign(secret, _to_sign(digests, key), name)
    said = {"format": FORMAT, "files": digests, "key": key, "signature": signature.hex()}
    return json.dumps(said, indent=1, sort_keys=True).encode("ascii")
