"""What is inside a bundle: entries and files as one run of bytes that proves itself and cannot take its reader in.

    fieldkit-bundle 1 <sha256 of all that follows>
    zlib( {"course": …, "entries": <how many>, "files": [{"name", "sha256", "size"}, …]}
          one entry a line, in canonical form
          the bytes of the files, one after the other )

Every reason to refuse is checked before anything is handed on: `unpack` gives the whole bundle or raises.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.errors import BadInput
from fieldkit.model.entry import BadEntry, Entry, canonical, from_dict, verify_entry

FORMAT = 1
_MAGIC = b"fieldkit-bundle "
_FIRST_LINE = re.compile(rb"fieldkit-bundle ([0-9]{1,6}) ([0-9a-f]{64})")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_DEEPEST, _LONGEST_NAME, _LONGEST_PART = 8, 240, 120


@dataclass(frozen=True)
class Limits:
    """How much a bundle may hold before it is refused unread."""

    bytes: int = 1 << 30
    ratio: int = 50  # what zlib may make of one byte; what packs better than that is packed uncompressed
    entries: int = 1_000_000
    files: int = 20_000
    contents: int = 8 << 20  # bytes of the line that lists the contents


@dataclass(frozen=True)
class Bundle:
    """What came out of one file: all entries proven whole, and the files by name (`/` between folders)."""

    entries: list[Entry]
    files: dict[str, bytes]
    course: str


def refused(why: str) -> BadInput:
    """The bundle is not taken, and why."""
    return BadInput(f"the bundle was refused: {why}.", "Nothing was changed. Ask for the bundle again.")


def pack(entries: Iterable[Entry], files: Mapping[str, bytes], course: str, limits: Limits) -> bytes:
    """The container that holds these. Raises BadInput for what `unpack` would refuse."""
    lines = [canonical(entry) for entry in entries]
    check_names(files)
    listed = [
        {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in files.items()
    ]
    contents = {"course": course, "entries": len(lines), "files": listed}
    first = json.dumps(contents, ensure_ascii=False, sort_keys=True).encode("utf-8")
    body = b"\n".join([first, *lines, b""]) + b"".join(files.values())
    if len(body) > limits.bytes or len(files) > limits.files or len(first) > limits.contents:
        raise BadInput(
            f"this is too much for one bundle: {len(files)} files, {len(body) >> 20} MiB.",
            f"A bundle holds at most {limits.files} files and {limits.bytes >> 20} MiB; leave the scans out.",
        )
    packed = zlib.compress(body)
    if len(body) > len(packed) * limits.ratio // 2:
        packed = zlib.compress(body, 0)
    return b"%s%d %s\n%s" % (_MAGIC, FORMAT, hashlib.sha256(packed).hexdigest().encode("ascii"), packed)


def is_container(data: bytes) -> bool:
    """Whether these bytes begin as a container does."""
    return data.startswith(_MAGIC)


def unpack(data: bytes, course: str | None, limits: Limits) -> Bundle:
    """What a container holds, all of it checked. Raises BadInput with the reason."""
    first, _, packed = data.partition(b"\n")
    match = _FIRST_LINE.fullmatch(first)
    if not match:
        raise refused("it is not a bundle of fieldkit")
    if int(match[1]) != FORMAT:
        raise BadInput("the bundle was made by a newer fieldkit.", "Update fieldkit on this laptop, then merge again.")
    if hashlib.sha256(packed).hexdigest().encode("ascii") != match[2]:
        raise refused("it was cut short or changed on the way; its digest does not fit")
    body = _inflate(packed, limits)
    line, _, rest = body.partition(b"\n")
    contents = _contents(line, limits)
    if course is not None and contents["course"] != course:
        raise refused(f"it is of another course ({contents['course']}, and this is {course})")
    *lines, tail = rest.split(b"\n", contents["entries"])
    entries = [_entry(number, line, contents["course"]) for number, line in enumerate(lines, 1)]
    if len(entries) != contents["entries"]:
        raise refused("entries are missing at its end")
    return Bundle(entries, _files(contents["files"], tail), contents["course"])


def check_names(names: Iterable[str]) -> None:
    """Refuse names that would be written outside the course's folder, or not at all on some system."""
    seen: dict[str, str] = {}
    for name in names:
        why = _why_not(name)
        if not why and name.casefold() in seen:
            why = f"is the same as {seen[name.casefold()]!r} on Windows"
        if why:
            raise refused(f"the name {name[:80]!r} {why}")
        seen[name.casefold()] = name


def _why_not(name: str) -> str:
    parts = name.split("/")
    if _FORBIDDEN.search(name):
        return "holds a character that file names may not have"
    if any(part in ("", ".", "..") for part in parts):
        return "leads out of the course's folder"
    if len(parts) > _DEEPEST or len(name) > _LONGEST_NAME or max(map(len, parts)) > _LONGEST_PART:
        return "is too long"
    if any(part[-1] in " ." or part[0] == " " for part in parts):
        return "begins or ends with a space or a dot"
    if any(_DEVICES.fullmatch(part) for part in parts):
        return "is a device's on Windows"
    if parts[0].casefold().startswith("scores."):
        return "is the record's own"
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "is no text"
    return ""


def _inflate(packed: bytes, limits: Limits) -> bytes:
    allowed = min(limits.bytes, limits.ratio * len(packed))
    engine = zlib.decompressobj()
    try:
        body = engine.decompress(packed, allowed + 1)
    except zlib.error as error:
        raise refused("what it holds cannot be unpacked") from error
    if len(body) > allowed:
        raise refused(f"it would grow to more than {allowed >> 10} KiB, from {len(packed) >> 10} KiB")
    if not engine.eof or engine.unused_data:
        raise refused("what it holds cannot be unpacked")
    return body


def _contents(line: bytes, limits: Limits) -> dict[str, Any]:
    if len(line) > limits.contents:
        raise refused("it lists too many files")
    contents = _parsed(line, "its list of contents")
    if not isinstance(contents, dict) or not isinstance(contents.get("course"), str):
        raise refused("its list of contents is not what it should be")
    entries, files = contents.get("entries"), contents.get("files")
    if type(entries) is not int or not 0 <= entries <= limits.entries or not isinstance(files, list):
        raise refused("its list of contents is not what it should be")
    if len(files) > limits.files:
        raise refused(f"it holds {len(files)} files, and {limits.files} are allowed")
    for file in files:
        fits = isinstance(file, dict) and sorted(file) == ["name", "sha256", "size"]
        if not fits or type(file["size"]) is not int or file["size"] < 0 or not isinstance(file["name"], str):
            raise refused("its list of contents is not what it should be")
    check_names(file["name"] for file in files)
    return contents


def _entry(number: int, line: bytes, course: str) -> Entry:
    try:
        entry = from_dict(_parsed(line, f"entry number {number}"))
    except BadEntry as error:
        raise refused(f"entry number {number} in it is none: {error}") from error
    if not verify_entry(entry) or canonical(entry) != line:
        raise refused(f"entry {entry.seq} of {entry.device} in it was altered")
    if entry.body.get("course", course) != course:
        raise refused(f"entry {entry.seq} of {entry.device} in it is of another course, {entry.body['course']}")
    return entry


def _files(listed: list[dict[str, Any]], data: bytes) -> dict[str, bytes]:
    if sum(file["size"] for file in listed) != len(data):
        raise refused("the files in it are not as long as it says")
    files = {}
    at = 0
    for file in listed:
        files[file["name"]] = data[at : at + file["size"]]
        at += file["size"]
        if hashlib.sha256(files[file["name"]]).hexdigest() != file["sha256"]:
            raise refused(f"the file {file['name']} in it was changed")
    return files


def _parsed(line: bytes, what: str) -> Any:
    try:
        return json.loads(line)
    except RecursionError as error:
        raise refused(f"{what} is nested too deep") from error
    except ValueError as error:
        raise refused(f"{what} cannot be read") from error
