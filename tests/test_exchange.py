"""Scenarios passed from centre to centre: signed by one, proved by the other, and nothing else let in."""

from __future__ import annotations

import builtins
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Command

from fieldkit.errors import BadInput, NotInstalled
from fieldkit.library.load import load_library
from fieldkit.steps.preparing.exchange import SIGNATURE, _signed, install_scenario, pack_scenario, write_key

pytest.importorskip("cryptography")
SEAL = "scenarios/container-seal.yaml"


class Centres:
    """Two centres with their keys, a scenario packed by the first, and the course of the second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secret, self.public, _ = write_key(folder / "ours")
        self.other, self.other_public, _ = write_key(folder / "theirs")
        self.packed, self.course = folder / "one.zip", folder / "course"
        self.course.mkdir()
        (self.course / "course.yaml").write_text("code: B\ntitle: B\n", encoding="utf-8")
        pack_scenario(load_library(), "container-seal", self.packed, self.secret)
        with zipfile.ZipFile(self.packed) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}

    def refusal(self, files: dict[str, bytes]) -> str:
        """What is said to a ZIP of these files; nothing may have been written."""
        bad = self.folder / "bad.zip"
        with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        with pytest.raises(BadInput) as refused:
            install_scenario(bad, [self.public], self.course)
        assert not (self.course / "scenarios").exists()
        assert not (self.folder / "evil.yaml").exists()
        return str(refused.value)


@pytest.fixture
def centres(tmp_path: Path) -> Centres:
    return Centres(tmp_path)


def test_a_scenario_travels_signed(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """A key is made by one command; packed here, installed there: the same bytes; the library's own are not copied."""
    made = fieldkit_command("scenario", "key", str(tmp_path / "наш-ключ"))
    assert made.code == 0
    public = made.out.splitlines()[1]
    assert fieldkit_command("scenario", "new", "own-seal", course=course).code == 0
    packed, there = tmp_path / "own.zip", tmp_path / "there"
    there.mkdir()
    (there / "course.yaml").write_text("code: B\ntitle: B\n", encoding="utf-8")
    key = str(tmp_path / "наш-ключ")
    assert fieldkit_command("scenario", "pack", "own-seal", str(packed), "--key", key, course=course).code == 0
    assert fieldkit_command("scenario", "install", str(packed), "--key", public, course=there).code == 0
    written = sorted(path.relative_to(there).as_posix() for path in there.rglob("*.yaml"))
    assert written == ["course.yaml", "scenarios/own-seal.yaml"]
    assert (there / written[1]).read_bytes() == (course / written[1]).read_bytes()
    assert fieldkit_command("scenario", "key", key).code == 3, "a key is never written over"


def test_what_is_there_is_replaced_only_when_asked(centres: Centres) -> None:
    """A course's own scenario of that id stays, unless it is said that it may go."""
    own = centres.course / SEAL
    own.parent.mkdir()
    own.write_text("id: container-seal\n", encoding="utf-8")
    with pytest.raises(BadInput, match="not the same"):
        install_scenario(centres.packed, [centres.public], centres.course)
    assert own.read_text(encoding="utf-8") == "id: container-seal\n"
    install_scenario(centres.packed, [centres.other_public, centres.public], centres.course, replace=True)
    assert own.read_bytes() == centres.files[SEAL]


def changed(**signature: Any) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def change(files: dict[str, bytes]) -> dict[str, bytes]:
        said = json.loads(files[SIGNATURE]) | signature
        return files | {SIGNATURE: json.dumps(said).encode()}

    return change


BAD: list[tuple[str, Callable[[dict[str, bytes]], dict[str, bytes]]]] = [
    ("changed after", lambda files: files | {SEAL: files[SEAL] + b"#"}),
    ("changed after", lambda files: {n: d for n, d in files.items() if n != SEAL}),
    ("changed after", lambda files: files | {"../evil.yaml": b"id: evil"}),
    ("not signed", lambda files: {n: d for n, d in files.items() if n != SIGNATURE}),
    ("newer fieldkit", changed(format=2)),
    ("does not hold", changed(signature="0" * 128)),
    ("cannot be read", changed(signature="zz")),
    ("cannot be read", changed(more=1)),
    ("none of yours", changed(key="0000-0000-0000-0000")),
    ("cannot be read", lambda files: files | {SIGNATURE: b"["}),
    ("cannot be read", lambda files: files | {SIGNATURE: b"[" * 100_000}),
    ("too large", lambda files: files | {"scenarios/big.yaml": b" " * 2_000_001}),
    ("too large", lambda files: files | {f"scenarios/s{n}.yaml": b"" for n in range(30)}),
]


@pytest.mark.parametrize(("why", "change"), BAD)
def test_what_is_not_as_it_was_signed_is_refused(
    centres: Centres, why: str, change: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    """Changed, unsigned, newer, foreign or huge: refused with the reason, and nothing is written."""
    assert why in centres.refusal(change(dict(centres.files)))


LEADS_OUT = [
    "../evil.yaml",
    "/evil.yaml",
    "scenarios/../../evil.yaml",
    "scenarios\\evil.yaml",
    "course.yaml",
    "scenarios/.hidden.yaml",
    "scenarios/evil.py",
    "scenarios/a/b.yaml",
]


@pytest.mark.parametrize("name", LEADS_OUT)
def test_even_a_trusted_centre_cannot_write_elsewhere(centres: Centres, name: str) -> None:
    """A name that leads out of the scenarios is refused though the signature holds."""
    files = {name: b"id: evil\n"}
    centres.packed.unlink()
    with zipfile.ZipFile(centres.packed, "w") as archive:
        for each, data in (files | {SIGNATURE: _signed(files, centres.secret)}).items():
            archive.writestr(each, data)
    with pytest.raises(BadInput, match="no place in a course"):
        install_scenario(centres.packed, [centres.public], centres.course)
    assert not (centres.course / "scenarios").exists()


def test_a_file_of_another_centre_is_refused_by_name(centres: Centres) -> None:
    """The message says which key signed it and which are trusted."""
    with pytest.raises(BadInput, match=r"signed with the key [0-9A-F-]{19}, which is none of yours \([0-9A-F-]{19}\)"):
        install_scenario(centres.packed, [centres.other_public], centres.course)


def test_keys_are_not_mixed_up(centres: Centres) -> None:
    """The secret key does not check, the public one does not sign, and both say so."""
    with pytest.raises(BadInput, match="holds no public key"):
        install_scenario(centres.packed, [centres.secret], centres.course)
    with pytest.raises(BadInput, match="holds no secret key"):
        pack_scenario(load_library(), "container-seal", centres.folder / "x.zip", centres.public)
    assert not (centres.folder / "x.zip").exists()


def test_damaged_files_never_get_in(centres: Centres) -> None:
    """A few hundred changed, cut or grown copies of a signed file: each is refused, or is the very same scenario."""
    chance, whole = random.Random(5), centres.packed.read_bytes()
    bad = centres.folder / "bad.zip"
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        bad.write_bytes(bytes(data[: chance.randint(1, len(data))] if chance.random() < 0.3 else data))
        try:
            written = install_scenario(bad, [centres.public], centres.course, replace=True)
        except BadInput:
            continue
        assert all(path.read_bytes() == centres.files[path.relative_to(centres.course).as_posix()] for path in written)


def test_without_the_extra_it_says_what_to_install(centres: Centres, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a laptop without the package for signing, the message names the extra."""
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(NotInstalled, match=r"fieldkit\[signing\]") as told:
        write_key(centres.folder / "third")
    assert told.value.exit_code == 3
