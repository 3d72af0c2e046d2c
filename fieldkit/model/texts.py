"""Languages, and texts that exist in several of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Language:
    """A language that fieldkit prints: its code, its name for its readers, its direction, its tag in documents."""

    code: str
    name: str
    right_to_left: bool
    tag: str


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", False, "en"),
        Language("ru", "Русский", False, "ru"),
        Language("ky", "Кыргызча", False, "ky"),
        Language("prs", "دری", True, "fa-AF"),
        Language("ps", "پښتو", True, "ps"),
    )
}
ALIASES = {
    "fa-af": "prs",
    "fa_af": "prs",
    "dari": "prs",
    "pashto": "ps",
    "pus": "ps",
    "kir": "ky",
    "rus": "ru",
    "eng": "en",
}
# What is shown where a text is missing in a language: the one most likely understood, then English.
FALLBACK = {"en": ("ru",), "ru": ("en",), "ky": ("ru", "en"), "prs": ("en", "ru"), "ps": ("prs", "en", "ru")}


def language_code(name: str) -> str | None:
    """The code fieldkit uses for a language named by a person (`fa-AF` and `prs` are both Dari), or None."""
    low = name.strip().lower()
    return low if low in LANGUAGES else ALIASES.get(low)


@dataclass
class Translations:
    """What stands in for every text of the process, by language and English source (as `gettext` has it).

    `own` are a centre's: they go before what a text itself says. `library` come with fieldkit: they go after it.
    Loaded by `fieldkit.library.translations`; empty until then.
    """

    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    library: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unreviewed: frozenset[str] = frozenset()  # languages whose pages are to say so


TRANSLATIONS = Translations()
_KEPT_TOGETHER = 24  # characters
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Text:
    """One text in one or more languages, by language code; `TRANSLATIONS` may know it in more."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, lang: str) -> str:
        """The text in `lang`, or in the next best language there is; empty when there is none at all."""
        for code in (lang, *FALLBACK.get(lang, ()), *LANGUAGES):
            if found := self.in_language(code):
                return found
        return ""

    def in_language(self, lang: str) -> str:
        """The text in `lang` itself; empty where there is none."""
        source = self.by_language.get("en", "")
        return (
            TRANSLATIONS.own.get(lang, _NOTHING).get(source, "")
            or self.by_language.get(lang, "")
            or TRANSLATIONS.library.get(lang, _NOTHING).get(source, "")
        )

    def __bool__(self) -> bool:
        return any(self.by_language.values())

    def has(self, lang: str) -> bool:
        """Whether the text exists in `lang` itself."""
        return bool(self.in_language(lang))

    def fill(self, values: Mapping[str, object]) -> Text:
        """The text with `{name}` places filled in; a name that is not in `values` stays as it stands."""
        known = {lang: self.in_language(lang) for lang in LANGUAGES}
        return Text({lang: _fill(text, values, lang) for lang, text in known.items() if text})


def _fill(text: str, values: Mapping[str, object], lang: str) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", set_apart(str(value), lang))
    return text


def set_apart(value: str, lang: str) -> str:
    """A value as it stands in a sentence: one that runs right to left keeps the order of what is put into it (a plate
    "00 225 TRB" would be read from its end)."""
    return f"\u2068{kept_together(value)}\u2069" if value and LANGUAGES[lang].right_to_left else value


def kept_together(value: str) -> str:
    """A short value with a figure in it, not to be broken over two lines: 21 480 kg would be read as 21."""
    short = len(value) <= _KEPT_TOGETHER and any(map(str.isdigit, value))
    return value.replace(" ", "\u00a0") if short else value


NO_TEXT = Text()


def text(english: str, **others: str) -> Text:
    """A text written in code: English, and others by language code."""
    return Text({"en": english, **others})
