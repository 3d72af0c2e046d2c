"""Words of the record as they stand on screen. In data for programs they stay as they are in the record."""

from __future__ import annotations

from gettext import gettext as _

from .language import N_

STATUS = {
    "scored": N_("scored"),
    "review": N_("to review"),
    "partly": N_("partly"),
    "issued": N_("missing"),
    "missing": N_("missing"),
    "void": N_("void"),
    "spare": N_("spare"),
    "no sheet": N_("no sheet"),
    "nothing counts": N_("every item is not applicable"),
}
COUNTED = {
    "scored": N_("{n} scored"),
    "review": N_("{n} to review"),
    "partly": N_("{n} partly"),
    "issued": N_("{n} missing"),
    "missing": N_("{n} missing"),
    "void": N_("{n} void"),
    "spare": N_("{n} spare"),
}
VERDICT = {True: N_("passed"), False: N_("not passed"), None: N_("open")}
EVENT = {
    "printed": N_("printed"),
    "voided": N_("voided"),
    "given to": N_("given to"),
    "marked": N_("marked"),
    "corrected": N_("corrected"),
    "settled": N_("settled"),
    "counts again": N_("counts again"),
    "photographed": N_("photographed"),
    "looked at": N_("looked at"),
}
CHANNEL = {
    "typed": N_("typed"),
    "scanned": N_("scanned"),
    "phone": N_("phone"),
    "imported": N_("imported"),
    "agreed": N_("agreed"),
}
BIN = {
    "read": N_("read"),
    "review": N_("review"),
    "not-ours": N_("not-ours"),
    "unreadable": N_("unreadable"),
    "duplicate": N_("duplicate"),
}
# What fieldkit itself writes into the record as a reason; it stands there in English.
REASON = {
    "drawn afresh": N_("drawn afresh"),
    "another picture of the same sheet": N_("another picture of the same sheet"),
    "settled from the picture": N_("settled from the picture"),
}
KIND = {"trainee": N_("trainees"), "station": N_("stations"), "course": N_("course")}


def shown(words: dict[str, str], name: str) -> str:
    """The word for a name of the record; the name itself where there is none."""
    return _(words[name]) if name in words else name
