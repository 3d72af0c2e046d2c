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
from gettext import gettext as _
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
    return BadInput(
        _("The bundle was refused: {why}.").format(why=why), _("Nothing was changed. Ask for the bundle again.")
    )


def newer() -> BadInput:
    """The bundle cannot be read here, but elsewhere."""
    return BadInput(
        _("The bundle was made by a newer fieldkit."), _("Update fieldkit on this laptop, then merge again.")
    )


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
            _("This is too much for one bundle: files {files}, MiB {size}.").format(
                files=len(files), size=len(body) >> 20
            ),
            _("A bundle holds at most {files} files and {size} MiB; leave the scans out.").format(
                files=limits.files, size=limits.bytes >> 20
            ),
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
    first, __, packed = data.partition(b"\n")
    match = _FIRST_LINE.fullmatch(first)
    if not match:
        raise refused(_("it is not a bundle of fieldkit"))
    if int(match[1]) != FORMAT:
        raise newer()
    if hashlib.sha256(packed).hexdigest().encode("ascii") != match[2]:
        raise refused(_("it was cut short or changed on the way; its digest does not fit"))
    body = _inflate(packed, limits)
    line, __, rest = body.partition(b"\n")
    contents = _contents(line, limits)
    if course is not None and contents["course"] != course:
        told = _("it is of another course ({other}, and this is {course})")
        raise refused(told.format(other=contents["course"], course=course))
    *lines, tail = rest.split(b"\n", contents["entries"])
    entries = [_entry(number, line, contents["course"]) for number, line in enumerate(lines, 1)]
    if len(entries) != contents["entries"]:
        raise refused(_("entries are missing at its end"))
    return Bundle(entries, _files(contents["files"], tail), contents["course"])


def check_names(names: Iterable[str]) -> None:
    """Refuse names that would be written outside the course's folder, or not at all on some system."""
    seen: dict[str, str] = {}
    for name in names:
        why = _why_not(name)
        if not why and name.casefold() in seen:
            why = _("on Windows it is the same as {name}").format(name=seen[name.casefold()])
        if why:
            raise refused(_("the name {name}: {why}").format(name=repr(name[:80]), why=why))
        seen[name.casefold()] = name


def _why_not(name: str) -> str:
    parts = name.split("/")
    if _FORBIDDEN.search(name):
        return _("it holds a character that file names may not have")
    if any(part in ("", ".", "..") for part in parts):
        return _("it leads out of the course's folder")
    if len(parts) > _DEEPEST or len(name) > _LONGEST_NAME or max(map(len, parts)) > _LONGEST_PART:
        return _("it is too long")
    if any(part[-1] in " ." or part[0] == " " for part in parts):
        return _("it begins or ends with a space or a dot")
    if any(_DEVICES.fullmatch(part) for part in parts):
        return _("it is a device's on Windows")
    if parts[0].casefold().startswith("scores."):
        return _("it is the record's own")
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return _("it is no text")
    return ""


def _inflate(packed: bytes, limits: Limits) -> bytes:
    allowed = min(limits.bytes, limits.ratio * len(packed))
    engine = zlib.decompressobj()
    try:
        body = engine.decompress(packed, allowed + 1)
    except zlib.error as error:
        raise refused(_("what it holds cannot be unpacked")) from error
    if len(body) > allowed:
        told = _("it would grow to more than {most} KiB, from {size} KiB")
        raise refused(told.format(most=allowed >> 10, size=len(packed) >> 10))
    if not engine.eof or engine.unused_data:
        raise refused(_("what it holds cannot be unpacked"))
    return body


def _contents(line: bytes, limits: Limits) -> dict[str, Any]:
    if len(line) > limits.contents:
        raise refused(_("it lists too many files"))
    contents = _parsed(line, _("its list of contents"))
    if not isinstance(contents, dict) or not isinstance(contents.get("course"), str):
        raise _bad_contents()
    entries, files = contents.get("entries"), contents.get("files")
    if type(entries) is not int or not 0 <= entries <= limits.entries or not isinstance(files, list):
        raise _bad_contents()
    if len(files) > limits.files:
        raise refused(_("it holds {n} files, and {most} are allowed").format(n=len(files), most=limits.files))
    for file in files:
        fits = isinstance(file, dict) and sorted(file) == ["name", "sha256", "size"]
        if not fits or type(file["size"]) is not int or file["size"] < 0 or not isinstance(file["name"], str):
            raise _bad_contents()
    check_names(file["name"] for file in files)
    return contents


def _bad_contents() -> BadInput:
    return refused(_("its list of contents is not what it should be"))


def _entry(number: int, line: bytes, course: str) -> Entry:
    try:
        entry = from_dict(_parsed(line, _("entry number {n}").format(n=number)))
    except BadEntry as error:
        raise refused(_("entry number {n} in it is none: {why}").format(n=number, why=error)) from error
    if not verify_entry(entry) or canonical(entry) != line:
        raise refused(_("entry {n} of {device} in it was altered").format(n=entry.seq, device=entry.device))
    if entry.body.get("course", course) != course:
        told = _("entry {n} of {device} in it is of another course, {course}")
        raise refused(told.format(n=entry.seq, device=entry.device, course=entry.body["course"]))
    return entry


def _files(listed: list[dict[str, Any]], data: bytes) -> dict[str, bytes]:
    if sum(file["size"] for file in listed) != len(data):
        raise refused(_("the files in it are not as long as it says"))
    files = {}
    at = 0
    for file in listed:
        files[file["name"]] = data[at : at + file["size"]]
        at += file["size"]
        if hashlib.sha256(files[file["name"]]).hexdigest() != file["sha256"]:
            raise refused(_("the file {name} in it was changed").format(name=file["name"]))
    return files


def _parsed(line: bytes, what: str) -> Any:
    try:
        return json.loads(line)
    except RecursionError as error:
        raise refused(_("{what} is nested too deep").format(what=what)) from error
    except ValueError as error:
        raise refused(_("{what} cannot be read").format(what=what)) from error
