"""Which pass mark counts: a fixed one, or one set by a method, with a fallback that is named and never silent.

A method does not apply when it has no value, when it rests on too few marks (`estimate.LEAST`), or when its own flags
say that the value must not be used: checklist and judgement contradict each other, or the cut lies outside the range of
the scores. Then the fixed mark counts, and `reason` says what was wished and why it was not used.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.judging.estimate import Estimate, Flag, enough

FIXED = "fixed"
METHODS = (FIXED, "borderline regression", "borderline group", "angoff", "ebel", "hofstee")
NAMES = {method: method.title() if method in ("angoff", "ebel", "hofstee") else method for method in METHODS}
UNUSABLE = frozenset({"negative slope", "no slope", "cut below", "cut above"})


@dataclass(frozen=True)
class PassMark:
    """A pass mark in per cent, the method that gave it, the method that was wished, and why."""

    value: float
    method: str
    wished: str
    reason: str
    cut: Estimate | None = None


def pass_mark(method: str, fixed: float, cut: Estimate | None = None, flags: tuple[Flag, ...] = ()) -> PassMark:
    """The pass mark by `method` (one of METHODS) from its `cut`, or the `fixed` one (%) where it does not apply.

    Raises ValueError for a method that does not exist.
    """
    if method not in METHODS:
        raise ValueError(f'"{method}" is no way to set a pass mark; choose one of {", ".join(METHODS)}')
    if method == FIXED:
        return PassMark(fixed, FIXED, FIXED, f"fixed by the course at {fixed:g} %")
    name = NAMES[method]
    why_not = _why_not(method, cut, (*flags, *(cut.flags if cut else ())))
    if why_not or cut is None or cut.value is None:
        return PassMark(fixed, FIXED, method, f"{name} does not apply ({why_not}); the fixed {fixed:g} % counts", cut)
    return PassMark(cut.value, method, method, f"set by {name} from n = {cut.n}", cut)


def _why_not(method: str, cut: Estimate | None, flags: tuple[Flag, ...]) -> str:
    if cut is None:
        return "nothing was given to set it from"
    shown = enough(method, cut)
    if shown.value is None:
        return shown.reason or ""
    return "; ".join(flag.text for flag in flags if flag.code in UNUSABLE)
