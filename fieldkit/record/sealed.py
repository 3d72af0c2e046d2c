"""Texts that only a passphrase opens, in the age format: the names of a protected course, and remarks about people.

A protected course has a key pair of its own. The public key lies open in the course and seals remarks as they come;
the secret key lies beside the names, in a file that the passphrase opens. Forgetting the passphrase loses names and
remarks, and no mark.
"""

from __future__ import annotations

import base64
from gettext import gettext as _
from types import ModuleType

from fieldkit.errors import BadInput, NotInstalled

SEALED = "age:"


def new_keys() -> tuple[str, str]:
    """A new public and secret key."""
    identity = _pyrage().x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def seal_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """`data` as an age file that the passphrase opens."""
    return bytes(_pyrage().passphrase.encrypt(data, passphrase))


def open_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """What the age file holds. Raises BadInput for a wrong passphrase or a damaged file."""
    pyrage = _pyrage()
    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError as error:
        raise BadInput(
            _("The passphrase does not open the names of this course."), _("Check it; nothing was shown.")
        ) from error


def seal(text: str, public: str) -> str:
    """A text that only the secret key opens, as letters that fit in an entry."""
    pyrage = _pyrage()
    sealed = pyrage.encrypt(text.encode("utf-8"), [pyrage.x25519.Recipient.from_str(public)])
    return SEALED + base64.b64encode(bytes(sealed)).decode("ascii")


def unseal(text: str, secret: str) -> str:
    """The text behind `seal`; a text that is not sealed comes back as it is. Raises BadInput for another key's."""
    if not text.startswith(SEALED):
        return text
    pyrage = _pyrage()
    try:
        data = pyrage.decrypt(base64.b64decode(text[len(SEALED) :]), [pyrage.x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, ValueError) as error:
        raise BadInput(_("A remark was sealed with the key of another course.")) from error
    return bytes(data).decode("utf-8")


def _pyrage() -> ModuleType:
    try:
        import pyrage
    except ImportError as error:
        raise NotInstalled(_("Protecting names"), "bundle") from error
    return pyrage  # type: ignore[no-any-return,unused-ignore]
