"""What a translation must keep of its source: the `{places}` that are filled in, closed tags, plural forms."""

from __future__ import annotations

import re
from gettext import gettext as _

_PLACE = re.compile(r"\{[^{}]*\}")
_TAG = re.compile(r"<(/?)([A-Za-z]+)[^<>]*(/?)>")
_OPEN = re.compile(r"<[A-Za-z/]")
MOST_FORMS = 3


def faults(source: str, translation: str) -> list[str]:
    """What is wrong with a translation, in words; nothing where all is kept."""
    if not translation.strip():
        return [_("the translation has only spaces")]
    found = []
    wanted, given = set(_PLACE.findall(source)), set(_PLACE.findall(translation))
    if lost := sorted(wanted - given):
        found.append(_("the translation has lost {places}").format(places=", ".join(lost)))
    if strange := sorted(given - wanted):
        found.append(_("the translation names {places}, which the source does not").format(places=", ".join(strange)))
    if not lost and not strange and _PLACE.sub("", translation).count("{") + _PLACE.sub("", translation).count("}"):
        found.append(_("a { or } stands alone"))
    if unclosed := _unclosed(translation):
        found.append(_("the tag {tag} is not closed").format(tag=unclosed))
    forms = translation.count("|") + 1
    if forms > (MOST_FORMS if "|" in source else 1):
        found.append(_("plural forms: {n}, too many").format(n=forms) if "|" in source else _("a | stands in it"))
    elif forms > 1 and any(set(_PLACE.findall(form)) - wanted for form in translation.split("|")):
        found.append(_("a plural form names another place"))
    return found


def _unclosed(text: str) -> str:
    """The first tag that is opened and not closed, or closed and not opened; empty where there is none."""
    open_tags: list[str] = []
    for closing, name, single in _TAG.findall(text):
        if single:
            continue
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return f"</{name}>"
    if open_tags:
        return f"<{open_tags[-1]}>"
    rest = _OPEN.search(_TAG.sub("", text))
    return rest.group() if rest else ""
