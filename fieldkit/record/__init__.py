"""The record: the append-only log of what happened on a course, the one source of truth. See README.md."""

from __future__ import annotations

from fieldkit.record.record import Record

__all__ = ["Record"]
