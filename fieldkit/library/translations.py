"""Translations that stand beside the texts: those that come with fieldkit, and a centre's own.

`fieldkit/translations/<language>/<part>.json` holds, for one part of what is printed (the words on every page, one
scenario, one scoresheet), the translation of each English text, and who has reviewed them. A course may have
`translations/<language>.json` with texts of its own, which go before all others, and `translations/reviewed.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from importlib.resources import files
from pathlib import Path
from typing import Any

from fieldkit.errors import BadInput
from fieldkit.files import refusal, write_whole
from fieldkit.model.texts import LANGUAGES, TRANSLATIONS

FOLDER = "translations"
REVIEWED_FILE = "reviewed.json"


@dataclass(frozen=True)
class TranslationFile:
    """One file: a language, a part, who has reviewed it, and the texts by their English source."""

    lang: str
    part: str
    reviewed: tuple[str, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Review:
    """Who has read a part in a language, and what it said then (a digest of its texts)."""

    by: str
    texts: str


@cache
def library_files() -> tuple[TranslationFile, ...]:
    """The files that come with fieldkit."""
    found = []
    for lang in LANGUAGES:
        folder = files("fieldkit") / FOLDER / lang
        for path in sorted(folder.iterdir(), key=lambda p: p.name) if folder.is_dir() else ():
            if path.name.endswith(".json"):
                data = json.loads(path.read_text(encoding="utf-8"))
                part = path.name.removesuffix(".json")
                found.append(TranslationFile(lang, part, tuple(data["reviewed"]), data["texts"]))
    return tuple(found)


def use_library() -> None:
    """Let every text of the process know the translations of the library."""
    together: dict[str, dict[str, str]] = {}
    for file in library_files():
        together.setdefault(file.lang, {}).update(file.texts)
    TRANSLATIONS.library = together


def use_translations(course_folder: Path | None) -> None:
    """Let every text of the process know the translations of the library, and those of the course."""
    use_library()
    TRANSLATIONS.own = {} if course_folder is None else own_texts(course_folder)
    TRANSLATIONS.unreviewed = frozenset()


def own_texts(course_folder: Path) -> dict[str, dict[str, str]]:
    """A course's own translations, by language and English source."""
    paths = {lang: course_folder / FOLDER / f"{lang}.json" for lang in LANGUAGES}
    return {lang: _read(path) for lang, path in paths.items() if path.exists()}


def keep_own_texts(course_folder: Path, lang: str, texts: Mapping[str, str]) -> Path:
    """Write a language's own translations, in place of those before."""
    path = course_folder / FOLDER / f"{lang}.json"
    _write(path, dict(texts))
    return path


def reviews(course_folder: Path) -> dict[str, dict[str, Review]]:
    """What the centre has reviewed, by language and part."""
    path = course_folder / FOLDER / REVIEWED_FILE
    found: dict[str, dict[str, Review]] = {}
    for lang, parts in (_read(path) if path.exists() else {}).items():
        found[lang] = {part: Review(str(r["by"]), str(r["texts"])) for part, r in parts.items()}
    return found


def keep_reviews(course_folder: Path, found: Mapping[str, Mapping[str, Review]]) -> None:
    """Write down what the centre has reviewed."""
    plain = {
        lang: {part: {"by": review.by, "texts": review.texts} for part, review in sorted(parts.items())}
        for lang, parts in sorted(found.items())
    }
    _write(course_folder / FOLDER / REVIEWED_FILE, plain)


def digest(texts: Mapping[str, str]) -> str:
    """A short digest of translations by source: a review counts as long as nothing has changed since."""
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()[:16]


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput(
            _("{path} cannot be read: {why}.").format(path=path, why=error),
            _("Put an older copy back, or delete it and import once more."),
        ) from None
    if not isinstance(data, dict):
        raise BadInput(
            _("{path} holds no translations.").format(path=path),
            _("Put an older copy back, or delete it and import once more."),
        )
    return data


def _write(path: Path, data: Mapping[str, Any]) -> None:
    """Whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, [json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8"), b"\n"])
    except OSError as error:
        raise refusal(error, _("{path} was not written").format(path=path)) from error
