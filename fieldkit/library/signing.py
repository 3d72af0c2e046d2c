"""Signing with a centre's key: Ed25519 (RFC 8032), from the package `cryptography`.

A key is two files. Who has the secret one can sign in the centre's name; the public one only proves whose a signature
is, and may be given to everybody.
"""

from __future__ import annotations

import hashlib
from gettext import gettext as _
from types import ModuleType
from typing import Any

from fieldkit.errors import BadInput, NotInstalled

EXTRA = "signing"


def make_key() -> tuple[bytes, bytes]:
    """A new key: the text of its secret file and of its public file."""
    ed25519, codec = _cryptography()
    secret = ed25519.Ed25519PrivateKey.generate()
    text = secret.private_bytes(codec.Encoding.PEM, codec.PrivateFormat.PKCS8, codec.NoEncryption())
    return text, _public_text(secret.public_key(), codec)


def public_of(secret: bytes, name: str) -> bytes:
    """The public text that goes with a secret one. Raises BadInput, naming the file `name`, where it is no such key."""
    return _public_text(_secret(secret, name).public_key(), _cryptography()[1])


def sign(secret: bytes, data: bytes, name: str) -> bytes:
    """The signature (64 bytes) of `data` by the secret key of that text. Raises BadInput where it is no such key."""
    return bytes(_secret(secret, name).sign(data))


def _secret(text: bytes, name: str) -> Any:
    ed25519, codec = _cryptography()
    try:
        key = codec.load_pem_private_key(text, None)
    except (ValueError, TypeError, _unsupported()):
        key = None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise BadInput(
            _("{file} holds no secret key.").format(file=name), _("Make one: fieldkit scenario key our-centre")
        )
    return key


def holds(public: bytes, signature: bytes, data: bytes, name: str) -> bool:
    """Whether `signature` is one of `data` by the key of that public text. Raises BadInput where it is no key."""
    from cryptography.exceptions import InvalidSignature

    try:
        _public(public, name).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def fingerprint(public: bytes, name: str) -> str:
    """A key's name for people to compare over the telephone: `K3F2-91AB-…`, 64 bits of the SHA-256 of the key."""
    _ed25519, codec = _cryptography()
    raw = _public(public, name).public_bytes(codec.Encoding.Raw, codec.PublicFormat.Raw)
    digest = hashlib.sha256(raw).hexdigest()[:16].upper()
    return "-".join(digest[n : n + 4] for n in range(0, 16, 4))


def _public(text: bytes, name: str) -> Any:
    ed25519, codec = _cryptography()
    try:
        key = codec.load_pem_public_key(text)
    except (ValueError, TypeError, _unsupported()):
        key = None
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise BadInput(
            _("{file} holds no public key.").format(file=name),
            _("Ask the other centre for its file that ends in .pub; never for the secret one."),
        )
    return key


def _public_text(key: Any, codec: ModuleType) -> bytes:
    return bytes(key.public_bytes(codec.Encoding.PEM, codec.PublicFormat.SubjectPublicKeyInfo))


def _unsupported() -> type[Exception]:
    from cryptography.exceptions import UnsupportedAlgorithm

    return UnsupportedAlgorithm


def _cryptography() -> tuple[ModuleType, ModuleType]:
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        raise NotInstalled(_("Passing scenarios on to other centres"), EXTRA) from None
    return ed25519, serialization
