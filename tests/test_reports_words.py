"""The words of reports: complete in English and Russian, with the right plural."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from fieldkit.model.scoresheet import RATINGS
from fieldkit.paper.fonts import missing
from fieldkit.reports.words import WORDS, competency_name, dotted, rating_words, say

PLACES = re.compile(r"\{(\w+)\}")


def plain(text: str) -> str:
    """A text without the signs that keep inserted values apart."""
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("key", WORDS)
def test_every_text_is_there_in_english_and_russian(key: str) -> None:
    """A report in Russian has no English words of ours, and each form names the same values."""
    english, russian = WORDS[key].by_language["en"], WORDS[key].by_language.get("ru")
    signs_only = not re.search(r"[A-Za-z]", PLACES.sub("", english))

    assert russian or signs_only
    for form in (russian or english).split("|"):
        assert set(PLACES.findall(form)) == set(PLACES.findall(english.split("|")[0]))
    assert not missing(english + (russian or ""))


@pytest.mark.parametrize("key", [key for key, words in WORDS.items() if "|" in words["en"]])
def test_plural_forms_are_complete(key: str) -> None:
    """What counts has two forms in English and three in Russian."""
    assert len(WORDS[key]["en"].split("|")) == 2
    assert len(WORDS[key]["ru"].split("|")) == 3


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "0 станций ещё не закрыты"),
        (1, "1 станция ещё не закрыта"),
        (2, "2 станции ещё не закрыты"),
        (5, "5 станций ещё не закрыты"),
        (11, "11 станций ещё не закрыты"),
        (12, "12 станций ещё не закрыты"),
        (21, "21 станция ещё не закрыта"),
        (22, "22 станции ещё не закрыты"),
        (111, "111 станций ещё не закрыты"),
    ],
)
def test_russian_counts_take_the_right_form(n: int, words: str) -> None:
    """1, 21 станция; 2, 22 станции; 5, 11, 12 станций."""
    assert plain(say("still-open", "ru", n=n)) == words


def test_a_part_of_a_point_has_its_own_form() -> None:
    """0.5 of 1 point in English, 0,5 из 1 балла in Russian; a broken number of points is plural."""
    assert plain(say("points-of", "en", points="0.5", of="1", n=1)) == "0.5 of 1 point"
    assert plain(say("points-of", "ru", points="0,5", of="1", n=1)) == "0,5 из 1 балла"
    assert plain(say("points-of", "en", points="1", of="1.5", n=Decimal("1.5"))) == "1 of 1.5 points"


def test_names_in_sentences_may_hold_anything() -> None:
    """A name with braces or a bar in it is printed as it stands."""
    assert plain(say("instructor", "en", name="{name} | <b>")) == "Instructor {name} | <b>"


@pytest.mark.parametrize("rating", RATINGS)
def test_a_rating_is_shown_with_its_word(rating: str) -> None:
    """Ratings are never a bare number."""
    assert rating_words(int(rating), "en").startswith(f"{rating} ")
    assert len(rating_words(int(rating), "ru")) > 2


def test_a_competency_of_another_scoresheet_is_shown_by_its_id() -> None:
    """A competency that has no name of its own is still readable."""
    assert competency_name("safety", "ru") == "Безопасность"
    assert competency_name("own-thing", "en") == "Own thing"


def test_dots_stand_at_the_end_of_a_line_never_at_its_beginning() -> None:
    """A list with dots breaks after a dot, and short parts are not torn apart."""
    assert dotted(["Seal check", "", "3 of 3 points"]) == "Seal\u00a0check\u00a0· 3\u00a0of\u00a03\u00a0points"
