"""Which way each character of a paragraph runs: levels by the Unicode Bidirectional Algorithm (UAX #9).

Rules P2-P3, X5a-X6a (isolates), W1-W7, N0-N2, I1-I2 and L1. Embeddings and overrides (U+202A to U+202E) are not
obeyed: they are dropped before text is printed, and are passed over here like other formatting characters. That
makes one thing simple: an isolating run sequence is exactly what lies between an isolate and its end, and its
borders (sos, eos) always have the direction of its own level.

The rules are rewritten as substitutions on a string that holds one letter for each character's class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar
from unicodedata import bidirectional

# One letter for each class of UAX #9; O stands for every neutral, I for the start of an isolate, P for its end.
_LETTER = {
    "L": "L",
    "R": "R",
    "AL": "A",
    "EN": "E",
    "ES": "S",
    "ET": "T",
    "AN": "N",
    "CS": "C",
    "NSM": "M",
    "B": "O",
    "S": "O",
    "WS": "O",
    "ON": "O",
    "LRI": "I",
    "RLI": "I",
    "FSI": "I",
    "PDI": "P",
}
_SEPARATORS_TO_NEUTRAL = str.maketrans("STC", "OOO")
_PASSED_OVER = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))
_ISOLATES = frozenset(("LRI", "RLI", "FSI"))
_ISOLATING = _ISOLATES | {"PDI"}
_DEEPEST = 125
_MOST_OPEN_BRACKETS = 63
# BidiBrackets.txt of Unicode 15: each opening bracket followed by its closing one.
_BRACKETS = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e\u2308\u2309\u230a\u230b\u2329\u232a"
    "\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771\u2772\u2773\u2774\u2775\u27c5\u27c6\u27e6\u27e7"
    "\u27e8\u27e9\u27ea\u27eb\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986\u2987\u2988\u2989\u298a\u298b\u298c"
    "\u298d\u2990\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998\u29d8\u29d9\u29da\u29db\u29fc\u29fd"
    "\u2e22\u2e23\u2e24\u2e25\u2e26\u2e27\u2e28\u2e29\u2e55\u2e56\u2e57\u2e58\u2e59\u2e5a\u2e5b\u2e5c\u3008\u3009"
    "\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\ufe59\ufe5a"
    "\ufe5b\ufe5c\ufe5d\ufe5e\uff08\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62\uff63"
)
_CLOSING_OF = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
_CLOSING = frozenset(_CLOSING_OF.values())
_BRACKET = re.compile(f"[{re.escape(_BRACKETS)}]")
_SAME_BRACKET = str.maketrans("\u2329\u232a", "\u3008\u3009")

T = TypeVar("T")


class _Classes(dict[str, str]):
    """The class of each character, looked up once; one that Unicode has not given out counts as L."""

    def __missing__(self, char: str) -> str:
        self[char] = bidirectional(char) or "L"
        return self[char]


_CLASSES = _Classes()


def levels(text: str, base: int | None = None) -> list[int]:
    """The level of each character of one paragraph, set on one line: even runs left to right, odd right to left.

    `base` is the level of the paragraph, 0 or 1; None takes it from the first strong character (P2, P3).
    """
    classes = list(map(_CLASSES.__getitem__, text))
    if base is None:
        base = _first_strong(classes, 0, len(classes))
    result, sequences = _isolate(classes, base)
    for places in filter(None, sequences):
        if len(places) == len(classes):  # as nearly always, and faster
            result = _resolve(text, classes, base)
            continue
        part = _resolve("".join([text[i] for i in places]), [classes[i] for i in places], result[places[0]])
        for i, level in zip(places, part, strict=True):
            result[i] = level
    _fill_passed_over(classes, result, base)
    _reset_whitespace(classes, result, base)
    return result


def visual_order(items: Sequence[T], levels: Sequence[int]) -> list[T]:
    """The items of one line from left to right (rule L2); each item is drawn whole, and has one level."""
    order = list(range(len(items)))
    for level in range(max(levels, default=0), 0, -1):
        turned: list[int] = []
        for high, group in groupby(order, key=lambda i: levels[i] >= level):
            turned.extend(list(group)[:: -1 if high else 1])
        order = turned
    return [items[i] for i in order]


def _first_strong(classes: Sequence[str], start: int, end: int) -> int:
    """The level that the first strong character asks for (P2, P3), isolates passed over; 0 where there is none."""
    depth = 0
    for cls in classes[start:end]:
        if cls in _ISOLATES:
            depth += 1
        elif cls == "PDI":
            depth -= depth > 0
        elif depth == 0 and cls in ("L", "R", "AL"):
            return int(cls != "L")
    return 0


def _end_of_isolate(classes: Sequence[str], start: int) -> int:
    """Where the isolate that begins at `start` ends (BD9): its PDI, or the end of the text."""
    depth = 0
    for i in range(start, len(classes)):
        if classes[i] in _ISOLATES:
            depth += 1
        elif classes[i] == "PDI":
            depth -= 1
            if depth == 0:
                return i
    return len(classes)


def _isolate(classes: list[str], base: int) -> tuple[list[int], list[list[int]]]:
    """Levels by isolates alone (X5a-X6a), and the places of each isolating run sequence (X10)."""
    result = [base] * len(classes)
    if _ISOLATING.isdisjoint(classes):
        return result, [[i for i, cls in enumerate(classes) if cls not in _PASSED_OVER]]
    stack: list[tuple[int, list[int]]] = [(base, [])]
    sequences = [stack[0][1]]
    too_deep = 0
    for i, cls in enumerate(classes):
        if cls == "PDI":
            if too_deep:
                too_deep -= 1
            elif len(stack) > 1:
                stack.pop()
        level, places = stack[-1]
        result[i] = level
        if cls not in _PASSED_OVER:
            places.append(i)
        if cls in _ISOLATES:
            odd = cls == "RLI" or (cls == "FSI" and _first_strong(classes, i + 1, _end_of_isolate(classes, i)) == 1)
            inner = level + 1 + (level % 2 == odd)
            if inner <= _DEEPEST and not too_deep:
                stack.append((inner, []))
                sequences.append(stack[-1][1])
            else:
                too_deep += 1
    return result, sequences


def _resolve(chars: str, classes: list[str], level: int) -> list[int]:
    """The levels of the characters of one isolating run sequence that lies at `level` (W1 to I2)."""
    own = "LR"[level % 2]
    kinds = _weak(own + "".join(map(_LETTER.__getitem__, classes)))[1:]
    if not _CLOSING.isdisjoint(chars):
        kinds = _brackets(chars, classes, list(kinds), own)
    kinds = _neutral(own + kinds + own, own)[1:-1]
    odd = level % 2
    raised = {"L": level + odd, "R": level + 1 - odd, "E": level + 2 - odd, "N": level + 2 - odd}
    return list(map(raised.__getitem__, kinds))


def _weak(kinds: str) -> str:
    """W1 to W7; the first letter is the border before the sequence (sos)."""
    if "M" in kinds:  # W1
        kinds = re.sub("([^M])(M+)", lambda m: m[1] + ("O" if m[1] in "IP" else m[1]) * len(m[2]), kinds)
    if "E" in kinds:  # W2
        kinds = re.sub("A[^LRAE]*E[^LRA]*", lambda m: m[0].replace("E", "N"), kinds)
    kinds = kinds.replace("A", "R")  # W3
    if "C" in kinds or "S" in kinds:  # W4
        kinds = re.sub("(?<=N)C(?=N)", "N", re.sub("(?<=E)[SC](?=E)", "E", kinds))
    if "T" in kinds:  # W5
        kinds = re.sub("T+(?=E)|(?<=E)T+", lambda m: "E" * len(m[0]), kinds)
    kinds = kinds.translate(_SEPARATORS_TO_NEUTRAL)  # W6
    return re.sub("L[^LRE]*E[^LR]*", lambda m: m[0].replace("E", "L"), kinds) if "E" in kinds else kinds  # W7


def _neutral(kinds: str, own: str) -> str:
    """N1 and N2: neutrals between two of one direction take it, others that of the sequence; numbers count as R."""

    def fill(match: re.Match[str]) -> str:
        before, after = match[1] == "L", match[3] == "L"
        return match[1] + (own if before != after else "L" if before else "R") * len(match[2])

    return re.sub("([LREN])([OIP]+)(?=([LREN]))", fill, kinds)


def _brackets(chars: str, classes: list[str], kinds: list[str], own: str) -> str:
    """N0: a pair of brackets takes one direction, by what stands in it and before it."""
    other = "R" if own == "L" else "L"
    for opening, closing in sorted(_bracket_pairs(chars, kinds)):
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]}
        if own in inside:
            direction = own
        elif other in inside:
            before = (_direction(kind) for kind in reversed(kinds[:opening]) if _direction(kind))
            direction = other if next(before, own) == other else own
        else:
            continue
        for i in (opening, closing):
            kinds[i] = direction
            while i + 1 < len(kinds) and classes[i + 1] == "NSM":
                i += 1
                kinds[i] = direction
    return "".join(kinds)


def _direction(kind: str) -> str:
    """L or R where a letter has a direction for the rules on neutrals, else nothing."""
    return "L" if kind == "L" else "R" if kind in "REN" else ""


def _bracket_pairs(chars: str, kinds: list[str]) -> Iterator[tuple[int, int]]:
    """Places of the paired brackets (BD16)."""
    waiting: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(chars):
        i, char = match.start(), match[0]
        if kinds[i] != "O":
            continue
        if char in _CLOSING_OF:
            if len(waiting) == _MOST_OPEN_BRACKETS:
                return
            waiting.append((_CLOSING_OF[char].translate(_SAME_BRACKET), i))
            continue
        awaited = [closing for closing, _ in waiting]
        if (closing := char.translate(_SAME_BRACKET)) in awaited:
            found = len(awaited) - 1 - awaited[::-1].index(closing)
            yield waiting[found][1], i
            del waiting[found:]


def _fill_passed_over(classes: list[str], result: list[int], base: int) -> None:
    """Characters that the rules pass over take the level of the one before them."""
    if not _PASSED_OVER.isdisjoint(classes):
        for i, cls in enumerate(classes):
            if cls in _PASSED_OVER:
                result[i] = result[i - 1] if i else base


def _reset_whitespace(classes: list[str], result: list[int], base: int) -> None:
    """L1: separators, and the white space before them or at the end of the line, have the paragraph's level."""
    for place in [*(i for i, cls in enumerate(classes) if cls in ("B", "S")), len(classes)]:
        for i in range(min(place, len(classes) - 1), -1, -1):
            if i < place and not (classes[i] == "WS" or classes[i] in _ISOLATING or classes[i] in _PASSED_OVER):
                break
            result[i] = base
