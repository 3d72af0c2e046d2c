"""Bundles: one file from laptop to laptop, whole or refused."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import pyrage
import pytest

from fieldkit.errors import BadInput, FieldkitError, NotInstalled
from fieldkit.model.entry import Entry, as_dict, canonical, make_entry
from fieldkit.record.bundle import Limits, read_bundle, write_bundle

AT = "2026-05-04T08:15:30.123Z"
ENTRIES = [
    make_entry("ONE", 1, "", AT, "asanov", "course", {"course": "TORUGART26"}),
    make_entry("TWO", 1, "", AT, "bekova", "marks", {"sheet": "4C7Q", "remarks": "Пломба цела"}),
]
FILES: dict[str, bytes | Path] = {"trainees.csv": b"number,name\n1,\xd0\x90\n", "scans/фото 1.jpg": bytes(range(256))}
COURSE = "TORUGART26"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the bundle goes."""
    return tmp_path / "день 1.bundle"


def container(
    given: list[Entry] | list[bytes] = ENTRIES, data: dict[str, bytes] | None = None, **changes: Any
) -> bytes:
    """A container made by hand, so that it can be made wrong."""
    data = data or {}
    lines = [entry if isinstance(entry, bytes) else canonical(entry) for entry in given]
    listed = [{"name": n, "sha256": hashlib.sha256(d).hexdigest(), "size": len(d)} for n, d in data.items()]
    contents = {"course": COURSE, "entries": len(lines), "files": listed, **changes}
    body = b"\n".join([json.dumps(contents).encode(), *lines, b""]) + b"".join(data.values())
    return sealed(zlib.compress(body))


def sealed(packed: bytes, version: int = 1) -> bytes:
    """The packed bytes with a first line that fits them."""
    return b"fieldkit-bundle %d %s\n%s" % (version, hashlib.sha256(packed).hexdigest().encode(), packed)


def test_a_bundle_brings_back_what_was_put_in(path: Path, tmp_path: Path) -> None:
    """Entries and files arrive as they left, whatever their names are written in."""
    scan = tmp_path / "scan"
    scan.write_bytes(b"\x00\xff" * 500)
    size = write_bundle(path, ENTRIES, {**FILES, "scans/2.jpg": scan}, course=COURSE)
    assert path.stat().st_size == size
    bundle = read_bundle(path, course=COURSE)
    assert bundle.entries == ENTRIES
    assert bundle.files == {**FILES, "scans/2.jpg": scan.read_bytes()}
    assert bundle.course == COURSE


def test_a_bundle_with_a_passphrase_opens_with_it_alone(path: Path) -> None:
    """The passphrase opens it, on any keyboard; another does not; the age tool can open it too."""
    passphrase = "кош келиңиз, мугалим й"
    write_bundle(path, ENTRIES, FILES, course=COURSE, passphrase=passphrase)
    data = path.read_bytes()
    assert data.startswith(b"age-encryption.org/v1\n")
    assert "Пломба".encode() not in data
    assert read_bundle(path, passphrase=unicodedata.normalize("NFD", passphrase)).entries == ENTRIES
    for wrong, why in (("wrong", "not the right one"), (None, "needs its passphrase"), ("", "empty")):
        with pytest.raises(BadInput, match=why):
            read_bundle(path, passphrase=wrong)


def test_a_bundle_for_the_centre_opens_with_the_centres_key_alone(path: Path) -> None:
    """A lost laptop cannot open what it has sent to the centre."""
    centre, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    write_bundle(path, ENTRIES, FILES, course=COURSE, recipient=str(centre.to_public()))
    assert read_bundle(path, identity=str(centre)).entries == ENTRIES
    for key, why in ((str(other), "not the right one"), (None, "only that key"), ("my key", "not a key of age")):
        with pytest.raises(BadInput, match=why):
            read_bundle(path, identity=key)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(BadInput, match="cut short or changed"):
        read_bundle(path, identity=str(centre))
    with pytest.raises(BadInput, match="not a key of age"):
        write_bundle(path, ENTRIES, FILES, course=COURSE, recipient="age1nonsense")
    with pytest.raises(BadInput, match="not both"):
        write_bundle(path, ENTRIES, FILES, course=COURSE, recipient=str(centre.to_public()), passphrase="x")


def test_a_bundle_is_written_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails while a bundle is written leaves the bundle of yesterday."""
    write_bundle(path, ENTRIES[:1], {}, course=COURSE)
    before = path.read_bytes()

    def fail(number: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FieldkitError, match="disk is full"):
        write_bundle(path, ENTRIES, FILES, course=COURSE)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    with pytest.raises(FieldkitError, match="was not written"):
        write_bundle(path, ENTRIES, {"a": path.with_name("gone")}, course=COURSE)


def test_any_change_on_the_way_is_noticed(path: Path) -> None:
    """A bundle that lost or changed a byte is refused, wherever it was."""
    write_bundle(path, ENTRIES, FILES, course=COURSE)
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(BadInput):
            read_bundle(path)
    for length in range(len(data)):
        path.write_bytes(data[:length])
        with pytest.raises(BadInput):
            read_bundle(path)


def deep(depth: int) -> bytes:
    """JSON nested so deep."""
    return b'{"a":' * depth + b"1" + b"}" * depth


ALTERED = canonical(ENTRIES[0]).replace(b"asanov", b"bekova")
OTHERS = make_entry("ONE", 1, "", AT, "asanov", "course", {"course": "OTHER"})
SPACED = json.dumps(as_dict(ENTRIES[0])).encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not a bundle"),
        (b"hello" * 99, "not a bundle"),
        (b"PK\x03\x04" + bytes(100), "not a bundle"),
        (b"fieldkit-bundle 1 abc\n", "not a bundle"),
        (b"age-encryption.org/v1\nnothing", "not a bundle"),
        (b"age-encryption.org/v9\n-> scrypt x 18\n", "newer fieldkit"),
        (sealed(b"no zlib"), "cannot be unpacked"),
        (sealed(zlib.compress(b"{}\n")[:-2]), "cannot be unpacked"),
        (sealed(zlib.compress(b"{}\n") + b"more"), "cannot be unpacked"),
        (sealed(b"", version=2), "newer fieldkit"),
        (sealed(zlib.compress(bytes(200_000))), "grow to more"),
        (sealed(zlib.compress(deep(10_000), 0)), "nested too deep"),
        (container([deep(10_000)] + [os.urandom(3000).hex().encode()] * 9), "nested too deep"),
        (container(course="OTHER"), "another course"),
        (container([OTHERS]), "another course"),
        (container([ALTERED]), "altered"),
        (container([SPACED]), "altered"),
        (container([b'{"a":1}']), "exactly the fields"),
        (container([b"no json"]), "cannot be read"),
        (container(entries=99), "entries are missing"),
        (container(entries=-1), "list of contents"),
        (container(entries=True), "list of contents"),
        (container(course=5), "list of contents"),
        (container(files={}), "list of contents"),
        (container(files=[{"name": "a"}]), "list of contents"),
        (container(files=[{"name": "a", "sha256": "0", "size": 5}]), "not as long"),
        (container(files=[{"name": "a", "sha256": "0", "size": 0}]), "was changed"),
    ],
)
def test_what_is_no_bundle_is_refused_with_its_reason(path: Path, data: bytes, why: str) -> None:
    """Refused with exit code 3 and a reason that a person understands."""
    path.write_bytes(data)
    with pytest.raises(BadInput, match=why) as caught:
        read_bundle(path, course=COURSE, passphrase="x")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../../x",
            "/etc/passwd",
            "C:\\x",
            "C:x",
            "a\\b",
            "CON",
            "scans/con.txt",
            "LPT1",
            "COM¹.csv",
            "a/../b",
            "./a",
        ),
        *("a//b", "", "a/", "a.", "a ", " a", "a\nb", "a\0", "a?", "scores.json", "Scores.Journal", "x" * 121),
        *("/".join("abcdefghi"), "aux.tar.gz"),
    ],
)
def test_names_that_lead_astray_are_refused(path: Path, name: str) -> None:
    """No file of a bundle is written outside its folder, over the record, or under a name that Windows cannot have."""
    path.write_bytes(container(data={name: b"x"}))
    with pytest.raises(BadInput, match="the name"):
        read_bundle(path)
    with pytest.raises(BadInput, match="the name"):
        write_bundle(path, [], {name: b"x"}, course=COURSE)


def test_two_names_that_windows_takes_for_one_are_refused(path: Path) -> None:
    """A.csv and a.csv would be one file on half of the laptops."""
    with pytest.raises(BadInput, match="the same as"):
        write_bundle(path, [], {"a.csv": b"", "A.csv": b""}, course=COURSE)


def test_a_million_tiny_files_are_refused_before_any_is_taken(path: Path) -> None:
    """However small each is."""
    for amount, why in ((20_001, "20001 files"), (1_000_000, "too many files|grow")):
        listed = ",".join(f'{{"name":"{n}","sha256":"","size":0}}' for n in range(amount))
        body = b'{"course":"c","entries":0,"files":[%s]}\n' % listed.encode()
        path.write_bytes(sealed(zlib.compress(body, 1)))
        with pytest.raises(BadInput, match=why):
            read_bundle(path)


def test_a_file_too_large_is_refused_unread(path: Path) -> None:
    """The size is asked before the bytes are."""
    path.write_bytes(b"")
    os.truncate(path, 3 << 20)
    with pytest.raises(BadInput, match="more than 1 MiB"):
        read_bundle(path, limits=Limits(bytes=1 << 20))
    with pytest.raises(BadInput, match="too much"):
        write_bundle(path, [], {"a": bytes(2 << 20)}, course=COURSE, limits=Limits(bytes=1 << 20))


def test_what_packs_very_well_is_no_bomb_when_it_is_ours(path: Path) -> None:
    """A blank scan goes into a bundle and comes out again."""
    write_bundle(path, [], {"blank.bmp": bytes(1 << 20)}, course=COURSE)
    assert read_bundle(path).files == {"blank.bmp": bytes(1 << 20)}


def test_without_the_extra_the_command_to_install_it_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to guess what is missing."""
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(NotInstalled, match=r"fieldkit\[bundle\]"):
        write_bundle(path, ENTRIES, {}, course=COURSE, passphrase="x")
    write_bundle(path, ENTRIES, {}, course=COURSE)
    assert read_bundle(path).entries == ENTRIES


def test_a_missing_bundle_is_bad_input(path: Path) -> None:
    """A name mistyped is said to be one."""
    with pytest.raises(BadInput, match="cannot be read"):
        read_bundle(path)
