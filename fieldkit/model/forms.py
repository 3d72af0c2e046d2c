"""The form of a sheet as it is kept in the record: every item with its scale, so that a printed sheet can be marked,
read and reported even when its scenario has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from fieldkit.model.scoresheet import Item, Mark, Scale
from fieldkit.model.texts import Text


def form_to_dict(items: Sequence[Item]) -> dict[str, Any]:
    """Items and their scales as plain data; decimals are text."""
    scales = {item.scale.id: item.scale for item in items}
    return {
        "scales": {name: [_mark_to_dict(mark) for mark in scale.marks] for name, scale in scales.items()},
        "items": [
            {
                "id": item.id,
                "text": dict(item.text.by_language),
                "scale": item.scale.id,
                "points": str(item.points),
                "critical": item.critical,
                "competency": item.competency,
            }
            for item in items
        ],
    }


def form_from_dict(data: Mapping[str, Any]) -> tuple[Item, ...]:
    """The items that `form_to_dict` wrote."""
    scales = {name: Scale(name, tuple(_mark_from_dict(m) for m in marks)) for name, marks in data["scales"].items()}
    return tuple(
        Item(
            item["id"],
            Text(item["text"]),
            scales[item["scale"]],
            Decimal(item["points"]),
            item["critical"],
            item["competency"],
        )
        for item in data["items"]
    )


def form_id(data: Mapping[str, Any]) -> str:
    """A short name for a form, made from its content: equal forms have equal names."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()[:16]


def _mark_to_dict(mark: Mark) -> dict[str, Any]:
    return {
        "id": mark.id,
        "label": dict(mark.label.by_language),
        "share": None if mark.share is None else str(mark.share),
        "fails": mark.fails,
    }


def _mark_from_dict(data: Mapping[str, Any]) -> Mark:
    share = data["share"]
    return Mark(data["id"], Text(data["label"]), None if share is None else Decimal(share), data["fails"])
