"""The name of this laptop in the record: worked out, never stored, so that copying a course does not copy it.

The name is a short digest of the machine (its system's own id, and its host name) and of the folder (its full path
and the number that the file system gave it). A course copied to another laptop, or to another place on the same one,
or put back from a backup as a new folder, is therefore a new device with its own chain, which is harmless; a course
that stays where it is keeps its name. FIELDKIT_DEVICE sets the name by hand.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import uuid
from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import BadInput
from fieldkit.record.head import base32

VARIABLE = "FIELDKIT_DEVICE"
_NAME = re.compile(r"[A-Z0-9][A-Z0-9-]{0,27}")  # leaves room for the "-2" of a device that was copied
_LENGTH = 6


def device_name(folder: Path, named: str | None = None) -> str:
    """The name under which this laptop writes to the course in `folder`, e.g. `D-7K2QM4`.

    `named`, or else FIELDKIT_DEVICE, goes before what is worked out. Raises BadInput for a name of another form.
    """
    given = named or os.environ.get(VARIABLE, "")
    if given:
        return _checked(given.strip().upper())
    where = folder.resolve()
    told = "\n".join([_machine(), platform.node(), str(where), str(where.stat().st_ino)])
    return "D-" + base32(hashlib.sha256(told.encode("utf-8", "surrogateescape")).digest(), _LENGTH)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BadInput(
            _("{name} cannot be the name of a device.").format(name=repr(name)),
            _("{variable} may hold letters A to Z, digits and dashes, at most 28 of them: LAPTOP-2.").format(
                variable=VARIABLE
            ),
        )
    return name


def _machine() -> str:
    """What the system calls this installation; the address of the network card where it says nothing."""
    for source in (_linux_id, _windows_id):
        found = source()
        if found:
            return found
    address = uuid.getnode()
    is_invented = bool(address >> 40 & 1)  # getnode makes up a new number each time when it finds no card
    return "" if is_invented else f"{address:012x}"


def _linux_id() -> str:
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return Path(path).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def _windows_id() -> str:
    if os.name != "nt":
        return ""
    import winreg

    try:
        with winreg.OpenKey(  # type: ignore[attr-defined,unused-ignore]
            winreg.HKEY_LOCAL_MACHINE,  # type: ignore[attr-defined,unused-ignore]
            r"SOFTWARE\Microsoft\Cryptography",
            0,
            winreg.KEY_READ | winreg.KEY_WOW64_64KEY,  # type: ignore[attr-defined,unused-ignore]
        ) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return ""
