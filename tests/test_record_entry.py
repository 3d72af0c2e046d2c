"""Entries: what they may hold, and that a changed one is noticed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.model.entry import BadEntry, as_dict, canonical, from_dict, make_entry, utc_text, verify_entry

AT = "2026-05-04T08:15:30.123Z"
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abé "), inner, max_size=3),
    max_leaves=12,
)


def test_the_form_of_an_entry_is_fixed_for_good() -> None:
    """A record written today is read, and its hashes fit, in ten years."""
    entry = make_entry("D-7K2QM4", 1, "", AT, "asanov", "marks", {"sheet": "4C7Q", "marks": {"пломба": "done", "a": 2}})
    content = (
        '{"at":"2026-05-04T08:15:30.123Z","body":{"marks":{"a":2,"пломба":"done"},"sheet":"4C7Q"},"by":"asanov",'
        '"device":"D-7K2QM4","kind":"marks","prev":"","seq":1}'
    )
    assert entry.hash == hashlib.sha256(content.encode("utf-8")).hexdigest()[:32]
    assert canonical(entry).decode("utf-8") == content.replace('"kind"', f'"hash":"{entry.hash}","kind"')


@given(body=st.dictionaries(st.text("abé "), PLAIN, max_size=4))
def test_an_entry_comes_back_as_it_went_in(body: dict[str, Any]) -> None:
    """What was noted is what is read, in whatever letters."""
    entry = make_entry("D-1", 1, "", AT, "Асанов\nБек", "note", body)
    assert from_dict(as_dict(entry)) == entry
    assert verify_entry(entry)
    assert entry.body == body
    text = json.dumps(as_dict(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(entry) == text.encode("utf-8")
    assert b"\n" not in canonical(entry)


@pytest.mark.parametrize("field", ["device", "seq", "prev", "at", "by", "kind", "body"])
def test_a_changed_field_is_noticed(field: str) -> None:
    """Nobody changes who, when or what without the hash showing it."""
    entry = make_entry("D-1", 2, "a" * 32, AT, "asanov", "marks", {"item": "done"})
    other = {
        "device": "D-2",
        "seq": 3,
        "prev": "b" * 32,
        "at": AT.replace("8", "9"),
        "by": "x",
        "kind": "y",
        "body": {},
    }
    assert not verify_entry(from_dict({**as_dict(entry), field: other[field]}))


def test_a_change_of_the_giver_after_giving_does_not_reach_the_entry() -> None:
    """An entry is a copy of what was given, not a window on it."""
    body = {"marks": {"a": "done"}}
    entry = make_entry("D-1", 1, "", AT, "asanov", "marks", body)
    body["marks"]["a"] = "not-done"
    assert entry.body == {"marks": {"a": "done"}}
    assert verify_entry(entry)


def nested(depth: int) -> dict[str, Any]:
    """A body nested so deep."""
    return {"in": nested(depth - 1)} if depth > 1 else {"in": "here"}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"points": 2.5}, "float"),
        ({"points": Decimal("2.5")}, "Decimal"),
        ({"points": (1, 2)}, "tuple"),
        ({1: "one"}, "no text"),
        ({"n": {1: 2, "a": 3}}, "no text"),
        ({"n": 2**53}, "too large"),
        ({"text": "\ud800"}, "half a character"),
        (nested(17), "nested"),
        ({"text": "x" * 2**20}, "bytes"),
        (["a list"], "dictionary"),
    ],
)
def test_what_would_not_come_back_exactly_is_refused(body: Any, why: str) -> None:
    """Marks are exact: nothing is kept that might be read back as something else."""
    with pytest.raises(BadEntry, match=why):
        make_entry("D-1", 1, "", AT, "asanov", "marks", body)


@pytest.mark.parametrize(
    "change",
    [
        {"device": "lower"},
        {"device": 5},
        {"device": "D" * 33},
        {"seq": 0},
        {"seq": True},
        {"seq": "1"},
        {"seq": 2},
        {"prev": "a" * 32},
        {"hash": "A" * 32},
        {"at": "2026-05-04 08:15"},
        {"by": ""},
        {"by": "x" * 201},
        {"kind": "Marks"},
        {"body": []},
        {"extra": 1},
    ],
)
def test_what_is_no_entry_is_not_taken_for_one(change: dict[str, Any]) -> None:
    """Foreign data that only looks like an entry is refused."""
    entry = make_entry("D-1", 1, "", AT, "asanov", "marks", {})
    with pytest.raises(BadEntry):
        from_dict({**as_dict(entry), **change})


def test_times_are_utc_with_milliseconds() -> None:
    """The clock of a laptop may stand in any zone; the record is in one."""
    bishkek = timezone(timedelta(hours=6))
    assert utc_text(datetime(2026, 5, 4, 14, 15, 30, 123999, bishkek)) == AT
    assert utc_text(datetime(2026, 5, 4, 8, 15, 30, tzinfo=UTC)) == "2026-05-04T08:15:30.000Z"
    with pytest.raises(ValueError, match="zone"):
        utc_text(datetime(2026, 5, 4))
