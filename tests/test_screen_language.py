"""What fieldkit says on screen, in English, Russian and Kyrgyz."""

from __future__ import annotations

import ast
import gettext
import io
import locale
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import catalogues
import click
import pytest
import yaml
from babel.messages.catalog import Message
from conftest import Command
from test_score_keyboard import Keyboard, some_sheet

from fieldkit.cli import language as screen
from fieldkit.cli import main
from fieldkit.cli.language import screen_language, speaking, system_language
from fieldkit.cli.translated import translated
from fieldkit.cli.words import CHANNEL, COUNTED, EVENT, STATUS, VERDICT

ROOT = Path(__file__).resolve().parent.parent
OTHERS = ("ru", "ky")
FORMS = {"ru": 3, "ky": 2}
# Words that are the same in every language: names of things in fieldkit, keys, and what stands between backquotes.
SAME = re.compile(
    r"`[^`]*`|\{[^}]*\}|--[a-z-]+|fieldkit|scores\.json|[\w/-]+\.(?:yaml|csv|html|pdf|txt|xlsx|age)|reports/|pack/|"
    r"course\.yaml|FIELDKIT_PASSPHRASE|NO_COLOR|NULL|LAPTOP-2|Enter|UTF-8|CSV|XLSX|PDF|HTML|JSON|Windows|QR|age1…|age|"
    r"sheet=|d'|seed|HH:MM|[A-Z]–[A-Z]"
)


def catalogue(language: str) -> dict[str, Message]:
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for message in catalogues.read(language)
        if message.id
    }


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def places(text: str) -> set[str]:
    """The `{places}` of a message, with how each is shown."""
    return set(re.findall(r"\{\w+(?:!r)?\}|%\(\w+\)s", text))


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language: str) -> None:
    """Whatever fieldkit can say is in the catalogue of the language, translated, and nothing is left uncertain."""
    known = catalogue(language)
    wanted = {message if isinstance(message, str) else message[0] for message in catalogues.messages()}
    assert sorted(wanted - set(known)) == []
    assert sorted(text for text, message in known.items() if message.fuzzy or not all(forms(message))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    """Every place that is filled in stands in the translation, and no other; nothing is read wrongly by `format`."""
    for text, message in catalogue(language).items():
        wanted = places(text) if isinstance(message.id, str) else places(message.id[0]) | places(message.id[1])
        for form in filter(None, forms(message)):
            assert places(form) == wanted or (isinstance(message.id, tuple) and places(form) <= wanted), text
            assert text.count("`") == form.count("`"), text
            assert form[:1].isspace() == text[:1].isspace(), text
            assert form[-1:].isspace() == text[-1:].isspace(), text


@pytest.mark.parametrize("language", OTHERS)
def test_the_number_of_plural_forms_is_right(language: str) -> None:
    """Russian has three forms for a counted thing, Kyrgyz two; every counted message has them all."""
    assert catalogues.read(language).num_plurals == FORMS[language]
    counted = [message for message in catalogue(language).values() if not isinstance(message.id, str)]
    assert counted
    assert {len(forms(message)) for message in counted} == {FORMS[language]}


def test_russian_counts_as_russians_do() -> None:
    """1 and 21 take the first form, 2 to 4 the second, 5 to 20 the third."""
    with speaking("ru"):
        told = {n: gettext.ngettext("{n} mark recorded", "{n} marks recorded", n) for n in (1, 2, 5, 11, 21, 104)}
    assert told[1] == told[21] != told[2] == told[104] != told[5] == told[11]


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    """The file that Python reads says the same as the one that people edit."""
    path = catalogues.catalogue_file(language)
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    fresh = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(catalogues.read(language))))
    said, should_say = (gettext_file._catalog for gettext_file in (compiled, fresh))  # type: ignore[attr-defined]
    for catalogue in (said, should_say):
        catalogue[""] = re.sub("Generated-By: .*\n", "", catalogue[""])  # whatever version of Babel it was
    assert said == should_say


@pytest.mark.parametrize("language", OTHERS)
def test_only_letters_of_the_language_stand_in_it(language: str) -> None:
    """No English word and no letter of another alphabet has slipped in; Kyrgyz has its ң, ө and ү."""
    allowed = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя" + ("ңөү" if language == "ky" else ""))
    used: set[str] = set()
    for text, message in catalogue(language).items():
        for form in forms(message):
            left = SAME.sub(" ", form)
            cyrillic = {letter for letter in left.lower() if "Ѐ" <= letter <= "ӿ"}
            assert cyrillic <= allowed, (text, cyrillic - allowed)
            used |= cyrillic
            mixed = [
                word for word in re.findall(r"[^\W\d_]+", left) if re.search("[a-z]", word, re.I) and word not in text
            ]
            assert mixed == [], text
    assert used >= allowed - {"ъ", "щ"}


@pytest.mark.parametrize("language", OTHERS)
def test_it_says_that_no_speaker_has_reviewed_it(language: str) -> None:
    """A catalogue that nobody has reviewed says so at its head."""
    assert "has reviewed these texts yet" in catalogues.catalogue_file(language).read_text(encoding="utf-8")[:400]


def test_no_function_hides_what_translates() -> None:
    """`_` is what translates in every function that uses it, never a value thrown away."""
    for path in (*(ROOT / "cli").rglob("*.py"), *(ROOT / "fieldkit").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            inner = [
                node
                for part in ast.walk(function)
                if isinstance(part, ast.comprehension)
                for node in ast.walk(part.target)
            ]
            names = [
                node
                for node in ast.walk(function)
                if isinstance(node, ast.Name) and node.id == "_" and node not in inner
            ]
            assert len({type(node.ctx) for node in names}) < 2, f"{path}:{function.lineno}"


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ky_KG.UTF-8"}, "ky"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ky_KG"}, "ky"),
        ({"LANG": "ru_RU.UTF-8", "LANGUAGE": "de:ky:ru"}, "ky"),
        ({"LANG": "fa_AF.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANGUAGE": "", "LANG": "ru"}, "ru"),
    ],
)
def test_the_system_says_which_language(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], language: str
) -> None:
    """fieldkit speaks the system's language where it can, else English."""
    for name in screen.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


@pytest.mark.parametrize(
    ("code", "spoken"), [(0x0419, "ru"), (0x0440, "ky"), (0x0409, "en"), (0x048C, "en"), (0, "en")]
)
def test_windows_says_which_language(monkeypatch: pytest.MonkeyPatch, code: int, spoken: str) -> None:
    """On Windows the language of its own windows counts, unless the variables name another."""
    for name in screen.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(screen, "_language_of_windows", lambda: locale.windows_locale.get(code, ""))
    assert screen.system_language(windows=True) == spoken
    monkeypatch.setenv("LANG", "ky_KG.UTF-8")
    assert screen.system_language(windows=True) == "ky"


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["--lang", "ru", "status"], "ru"),
        (["--lang=ky", "status"], "ky"),
        (["--course", "--lang", "--lang", "ru"], "ru"),
        (["print", "--lang", "ru"], "en"),
        (["--lang", "KIR"], "ky"),
        (["--lang", "ps"], "en"),
        (["--lang", "xx"], "en"),
        (["--quiet", "--lang"], "en"),
    ],
)
def test_lang_before_the_command_is_the_screens(arguments: list[str], language: str) -> None:
    """`--lang` before the command is the language of the screen; after it, that of the paper."""
    assert screen_language(arguments) == language


def test_a_language_that_is_not_there_is_refused_with_those_that_are(fieldkit_command: Command) -> None:
    """An unknown language lists the known ones; one that is for paper only is told in one line."""
    ended = fieldkit_command("--lang", "xx", "--help")
    assert ended.code == 2
    assert all(name in ended.err for name in ("en", "ru", "ky"))
    ended = fieldkit_command("--lang", "prs", "--help")
    assert (ended.code, len(ended.err.splitlines())) == (0, 1)
    assert "Options:" in ended.out


@pytest.mark.parametrize("language", OTHERS)
def test_all_help_is_translated(fieldkit_command: Command, language: str) -> None:
    """The help of every command is in the language, from its first word to the names of its options' values."""
    for name in ("", *main.COMMANDS):
        shown = fieldkit_command("--lang", language, *([name] if name else []), "--help").out
        english = fieldkit_command(*([name] if name else []), "--help").out
        for word in ("Usage", "Options", "Commands", "Show this message", "OPTIONS", "TEXT", "INTEGER", "default:"):
            assert word not in shown, (name, word)
        same = {line for line in shown.splitlines() if line.strip()} & set(english.splitlines())
        assert same <= {line for line in same if not re.search("[a-z]{3,} [a-z]{3,}", SAME.sub("", line))}, name


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "mistake",
    [
        ["scroe"],
        ["draw", "--seed", "x"],
        ["draw", "--seed", "-1"],
        ["draw", "--bogus"],
        ["print", "--only", "bogus"],
        ["history"],
        ["new", "a", "b"],
        ["void", "S"],
        ["void", "S", "--by"],
        ["--bogus"],
        ["status"],
    ],
    ids=" ".join,
)
def test_mistakes_are_answered_in_the_language(
    fieldkit_command: Command, tmp_path: Path, language: str, mistake: list[str]
) -> None:
    """Every mistake in a command is answered without an English word, and ends as it does in English."""
    ended = fieldkit_command("--lang", language, *mistake, course=tmp_path)
    assert ended.code == fieldkit_command(*mistake, course=tmp_path).code in (2, 3)
    said = re.sub(r"'[^']*'|«[^»]*»|\([^)]*\)|\{[^}]*\}|\S*/\S*", "", ended.err)
    allowed = {
        "fieldkit",
        "help",
        "new",
        "course",
        "yaml",
        "bogus",
        "scroe",
        "score",
        "x",
        "only",
        "by",
        "xx",
        *main.COMMANDS,
    }
    allowed |= {"scoresheets", "briefs", "cards", "documents", "tags", "spares", "rotation", "manifest", "seed", "b"}
    assert set(re.findall("[A-Za-z]+", said)) <= allowed, ended.err


@pytest.mark.parametrize("language", OTHERS)
def test_data_for_programs_is_the_same_in_every_language(
    fieldkit_command: Command, printed_course: Path, language: str
) -> None:
    """JSON says the same to a program whatever the screen speaks."""
    for command in (["status"], ["results"], ["check"], ["sheets"], ["results", "--finds"], ["review"]):
        english = fieldkit_command(*command, "--json", course=printed_course)
        other = fieldkit_command("--lang", language, *command, "--json", course=printed_course)
        assert (other.code, other.out) == (english.code, english.out), command


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_on_screen(fieldkit_command: Command, course: Path, language: str) -> None:
    """What the everyday commands say has the words of the language: an English run shares no sentence with it."""
    sheet = fieldkit_command("sheets", course=course).out.split()[0]
    for command in (["check"], ["status"], ["results"], ["verify"], ["draw"], ["history", sheet], ["repair"]):
        english = fieldkit_command(*command, course=course)
        other = fieldkit_command("--lang", language, *command, course=course)
        assert other.code == english.code
        same = set((english.out + english.err).splitlines()) & set((other.out + other.err).splitlines())
        assert [line for line in same if re.search("[a-z]{3,} [a-z]{3,} [a-z]{3,}", line)] == [], command


@pytest.mark.parametrize("language", OTHERS)
def test_a_new_course_is_explained_in_the_language(fieldkit_command: Command, tmp_path: Path, language: str) -> None:
    """The notes in a new course.yaml are in the language of the screen, and what it says is the same."""
    fieldkit_command("new", tmp_path / "en" / "a")
    fieldkit_command("--lang", language, "new", tmp_path / language / "a")
    english, other = ((tmp_path / name / "a" / "course.yaml").read_text(encoding="utf-8") for name in ("en", language))
    assert yaml.safe_load(other) == yaml.safe_load(english)
    same = set(english.splitlines()) & set(other.splitlines())
    assert [line for line in same if re.search("# [A-Za-z]+ [a-z]{3,} [a-z]{3,}", line)] == []
    assert fieldkit_command("--lang", language, "check", course=tmp_path / language / "a").code == 0


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo terminal")
@pytest.mark.parametrize(("language", "words"), [("ru", "Одна клавиша на пункт"), ("ky", "Ар бир пунктка бир баскыч")])
def test_marks_are_asked_for_in_the_language(course: Path, language: str, words: str) -> None:
    """At the keyboard the questions are in the language of the screen; the keys stay the same."""
    sheet = some_sheet(course)
    keyboard = Keyboard("--lang", language, "--course", course, "score", sheet.sheet, "--by", sheet.instructor)
    keyboard.wait_for(words)
    keyboard.wait_for(f"] {'! ' if sheet.items[0].critical else ''}{sheet.items[0].text[language]}")
    keyboard.type("q")
    assert keyboard.end() == 0


def test_the_language_ends_with_the_command(fieldkit_command: Command) -> None:
    """One command in Russian leaves the next one, and what it starts, as they were."""
    before = dict(os.environ)
    fieldkit_command("--lang", "ru", "--help")
    assert dict(os.environ) == before
    assert gettext.gettext("Commands") == "Commands"
    assert "Usage:" in fieldkit_command("--help").out


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "ascii"])
def test_an_old_terminal_gets_the_nearest_letters(encoding: str) -> None:
    """A console that has no ң, ө or ү gets н, о and у, and never a crash."""
    code = (
        "import io, sys; from fieldkit.cli.main import _prepare;"
        f"out = io.TextIOWrapper(sys.stdout.buffer, encoding={encoding!r}); out.isatty = lambda: True;"
        "_prepare(out); out.write('Көрсөтүңүз «а» — ب'); out.flush()"
    )
    env = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT / "tests")}
    done = subprocess.run(
        [sys.executable, "-c", "import conftest;" + code], capture_output=True, cwd=ROOT, env=env, check=True
    )
    expected = {"cp866": 'Корсотунуз "а" - ?', "cp1251": "Корсотунуз «а» — ?"}
    shown = done.stdout.decode(encoding)
    assert shown == expected.get(encoding, shown)
    assert shown.endswith("?")


def test_every_word_of_the_record_has_a_word_on_screen() -> None:
    """Statuses, verdicts, events and channels are all in the catalogues."""
    words = [word for table in (STATUS, COUNTED, VERDICT, EVENT, CHANNEL) for word in table.values()]
    for language in OTHERS:
        known = catalogue(language)
        assert [word for word in words if word not in known] == []


def test_a_message_that_is_not_translated_is_found(tmp_path: Path) -> None:
    """The collector sees plain and counted messages, and those that a table holds for later."""
    found = Counter(
        catalogues.in_source(
            "_('one')\nngettext('{n} a', '{n} b', n)\nN_('late')\nfoo('no')\n_('two ' 'parts')\n_(name)\n"
        )
    )
    assert set(found) == {"one", ("{n} a", "{n} b"), "late", "two parts"}


def test_help_says_what_stands_for_a_value() -> None:
    """Every option that takes a value names it in a word that is translated."""
    for name in main.COMMANDS:
        shown = translated(main.command_named(name), lambda text: f"<{text}>")
        for param in shown.params:
            if isinstance(param, click.Option) and param.help:
                assert param.help.startswith("<"), (name, param.name)
