"""One file that carries a laptop's entries and files to another: encrypted, whole or not there, read all or nothing.

Encryption is the age format (age-encryption.org/v1), so that the centre can also open a bundle with the `age` tool:
`age -d file.bundle` gives the container of container.py. A passphrase takes about a second to try, on purpose. Age
proves that the bytes are those that were encrypted; it does not prove who encrypted them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.errors import BadInput, NotInstalled
from fieldkit.files import refusal, why_not, write_whole
from fieldkit.model.entry import Entry
from fieldkit.record.container import Bundle, Limits, is_container, newer, pack, refused, unpack

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Bundle", "Limits", "read_bundle", "write_bundle"]

_AGE = re.compile(rb"age-encryption\.org/v([0-9]+)\n-> (\S+)")
_HEADROOM = 1 << 20  # bytes that encryption may add


def write_bundle(
    path: Path,
    entries: Iterable[Entry],
    files: Mapping[str, bytes | Path],
    *,
    course: str,
    passphrase: str | None = None,
    recipient: str | None = None,
    limits: Limits | None = None,
) -> int:
    """Write entries and files of the course to one new file, whole or not at all; returns its size in bytes.

    `files` are by name, with `/` between folders. With a `passphrase`, or with the `recipient` that is the centre's
    public key (`age1…`), it is encrypted; with neither it is open to anybody. Raises BadInput, NotInstalled,
    FileExistsError, and FieldkitError when the disk is full or a file cannot be read.
    """
    try:
        contents = {name: data if isinstance(data, bytes) else data.read_bytes() for name, data in files.items()}
        data = pack(entries, contents, course, limits or Limits())
        return write_whole(path, [_encrypt(data, passphrase, recipient)], fresh=True)
    except FileExistsError:
        raise
    except OSError as error:
        raise refusal(error, _("the bundle was not written")) from error


def read_bundle(
    path: Path,
    *,
    course: str | None = None,
    passphrase: str | None = None,
    identity: str | None = None,
    limits: Limits | None = None,
) -> Bundle:
    """What the bundle holds, every entry and file proven whole; nothing is written anywhere.

    `course` is the id of the course that it must be of; entries whose body names another are refused. `identity` is
    the centre's secret key (`AGE-SECRET-KEY-1…`). Raises BadInput with the reason, NotInstalled.
    """
    limits = limits or Limits()
    try:
        if path.stat().st_size > limits.bytes + _HEADROOM:
            raise refused(_("it has more than {n} MiB").format(n=limits.bytes >> 20))
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(_("{path} cannot be read: {why}.").format(path=path, why=why_not(error))) from error
    if not is_container(data):
        data = _decrypt(data, passphrase, identity)
    return unpack(data, course, limits)


def _encrypt(data: bytes, passphrase: str | None, recipient: str | None) -> bytes:
    if passphrase is not None and recipient is not None:
        raise BadInput(_("A bundle is encrypted with a passphrase or to a public key, not both."))
    if passphrase is not None:
        return bytes(_pyrage().passphrase.encrypt(data, _plain(passphrase)))
    if recipient is not None:
        pyrage = _pyrage()
        return bytes(pyrage.encrypt(data, [_key(pyrage.x25519.Recipient, recipient, "age1…")]))
    return data


def _decrypt(data: bytes, passphrase: str | None, identity: str | None) -> bytes:
    head = _AGE.match(data)
    if not head:
        raise refused(_("it is not a bundle of fieldkit"))
    if head[1] != b"1":
        raise newer()
    pyrage = _pyrage()
    try:
        if head[2] == b"scrypt":
            if passphrase is None:
                raise BadInput(
                    _("The bundle needs its passphrase."), _("Set FIELDKIT_PASSPHRASE, or answer when asked.")
                )
            return bytes(pyrage.passphrase.decrypt(data, _plain(passphrase)))
        if identity is None:
            raise BadInput(_("The bundle was made for a centre's key, and only that key opens it."))
        return bytes(pyrage.decrypt(data, [_key(pyrage.x25519.Identity, identity, "AGE-SECRET-KEY-1…")]))
    except pyrage.DecryptError as error:
        wrong_key = str(error) in ("Decryption failed", "No matching keys found")
        if wrong_key:
            told = _("The bundle was refused: {why}.").format(why=_("the passphrase or the key is not the right one"))
            raise BadInput(told, _("Nothing was changed. Type the passphrase again.")) from error
        raise refused(_("it was cut short or changed on the way")) from error


def _plain(passphrase: str) -> str:
    """The passphrase in one form, however the keyboard composed its letters."""
    if not passphrase:
        raise BadInput(_("An empty passphrase protects nothing."))
    return unicodedata.normalize("NFC", passphrase)


def _key(kind: Any, text: str, looks_like: str) -> Any:
    try:
        return kind.from_str(text.strip())
    except Exception as error:  # pyrage has an exception of its own for each kind of key
        raise BadInput(_("This is not a key of age; one looks like {example}").format(example=looks_like)) from error


def _pyrage() -> ModuleType:
    try:
        import pyrage
    except ImportError as error:
        raise NotInstalled(_("Encrypting bundles"), "bundle") from error
    return pyrage  # type: ignore[no-any-return,unused-ignore]
