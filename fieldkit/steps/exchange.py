"""A scenario passed from centre to centre: one file, signed with a key that the centres share.

The file is a ZIP with the scenario's YAML files and `signature.json`: the SHA-256 of each, and an HMAC-SHA-256 over
that list. Whoever has the key can sign, so it is kept like the key of a safe. Nothing is taken from a file whose
signature does not hold, whose names lead out of the course, or that has problems of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import tempfile
import zipfile
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from fieldkit.errors import BadInput
from fieldkit.files import refusal, write_whole
from fieldkit.library.checks import check_scenarios
from fieldkit.library.load import POINTS, SCENARIOS, SCORESHEETS, TABLES, Library, load_library

SIGNATURE = "signature.json"
LEAST_KEY = 16  # bytes
MOST_FILES, MOST_BYTES = 20, 2_000_000
PLACES = (SCENARIOS, f"{SCENARIOS}/{POINTS}", f"{SCENARIOS}/{TABLES}", SCORESHEETS)


def pack_scenario(library: Library, scenario_id: str, target: Path, key_file: Path) -> tuple[str, ...]:
    """Write a scenario with its scoresheet, point list and table into `target`; returns the names in it."""
    key, scenario = _key(key_file), library.scenario(scenario_id)
    wanted = {f"{SCENARIOS}/{scenario_id}.yaml", f"{SCORESHEETS}/{scenario.scoresheet}.yaml"}
    wanted |= (
        {f"{SCENARIOS}/{POINTS}/{scenario.points}.yaml", f"{SCENARIOS}/{POINTS}/names.yaml"}
        if scenario.points
        else set()
    )
    wanted |= {f"{SCENARIOS}/{TABLES}/{scenario.table}.yaml"} if scenario.table else set()
    files = {name: library.file(name).read_bytes() for name in sorted(wanted)}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, SIGNATURE: _signature(files, key)}.items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data)
    try:
        write_whole(target, [whole.getvalue()])
    except OSError as error:
        raise refusal(error, f"{target} was not written") from error
    return tuple(files)


def install_scenario(source: Path, key_file: Path, course_folder: Path, *, replace: bool = False) -> tuple[Path, ...]:
    """Put the files of a signed scenario into a course; those that are there already and the same are left alone.

    Raises BadInput, and writes nothing, where the signature does not hold, a file differs from one that is there
    (unless `replace`), or the scenario has problems.
    """
    files = _verified(source, _key(key_file))
    _refuse_faulty(files)
    new = {course_folder / name: data for name, data in files.items() if not _same(course_folder / name, name, data)}
    if (differing := [path for path in new if path.exists()]) and not replace:
        names = ", ".join(str(path) for path in differing)
        raise BadInput(f"{names}: there already, and not the same.", "Nothing was written. To replace it: --replace")
    for path, data in new.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [data])
        except OSError as error:
            raise refusal(error, f"{path} was not written") from error
    return tuple(new)


def _same(path: Path, name: str, data: bytes) -> bool:
    """Whether the course, or the library where the course has no file of its own, has these very bytes."""
    if path.exists():
        return path.read_bytes() == data
    try:
        return load_library().file(name).read_bytes() == data
    except BadInput:
        return False


def _verified(source: Path, key: bytes) -> dict[str, bytes]:
    """The files of a signed ZIP by name."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise BadInput(f"{source} is too large for a scenario.", "Nothing was written.")
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise BadInput(f"{source} is no packed scenario: {error}", "Ask for it again.") from error
    signed = files.pop(SIGNATURE, b"")
    if not hmac.compare_digest(signed, _signature(files, key)):
        raise BadInput(
            f"{source}: the signature does not hold.",
            "Nothing was written. It was changed on the way, or signed with another key.",
        )
    for name in files:
        path = PurePosixPath(name)
        if str(path.parent) not in PLACES or path.suffix != ".yaml" or "\\" in name or path.name.startswith("."):
            raise BadInput(f'{source} holds "{name}", which has no place in a course.', "Nothing was written.")
    return files


def _refuse_faulty(files: dict[str, bytes]) -> None:
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


def _signature(files: dict[str, bytes], key: bytes) -> bytes:
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    sealed = hmac.new(key, json.dumps(digests, sort_keys=True).encode("utf-8"), hashlib.sha256).hexdigest()
    return json.dumps({"files": digests, "hmac": sealed}, indent=1, sort_keys=True).encode("utf-8")


def _key(path: Path | Traversable) -> bytes:
    """The key in a file, blanks around it left out."""
    key = path.read_bytes().strip()
    if len(key) < LEAST_KEY:
        raise BadInput(f"{path}: a key of {len(key)} characters is too short.", f"Take {LEAST_KEY} or more.")
    return key
