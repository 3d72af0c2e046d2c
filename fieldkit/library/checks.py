"""Checks across files: does a scenario name only what is there, and can its papers show what it plants?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from gettext import gettext as _
from typing import Any

from fieldkit.errors import Problem
from fieldkit.library.fields import Reading
from fieldkit.library.load import POINTS, TABLES, Library
from fieldkit.library.plain_text import hint
from fieldkit.library.yaml_reader import Branch, Leaf, Node, Tree
from fieldkit.model.find_items import CHANNELS_AGREE, FIND_ROW, NO_FALSE_REPORT, find_items, images_of
from fieldkit.model.finds import FIND_CODES
from fieldkit.model.papers import DOCUMENT_FORMS, FACT_GROUPS, KEY_FACTS
from fieldkit.model.scenario import FindChoice, PointList, Scenario
from fieldkit.model.scoresheet import Item

FEWEST_ITEMS, MOST_ITEMS = 10, 20
FIND_PLACES = ("document", "field", "box", "row", "wrong", "right", "title")
NOT_TEXT = ("goods", "consignments", "images")  # facts that are tables
# Facts that come from a reference table, and the rows that it has to have.
NEED_TABLE = {"reports": "source", "consignments": "indicator"}
# English acts begin with a verb in -s, Russian ones with a verb in -ет, -ит, -ёт (and their reflexives).
TWO_ACTS = {
    "en": re.compile(
        r"^[A-Z][a-z]+s\b.*\band (?:then )?[a-z]+(?:[a-rt-z]es|[a-rt-z]s)\b"
        r"(?= (?:the|a|an|it|its|them|their|each|every)\b)"
    ),
    "ru": re.compile(r"^[А-ЯЁ][а-яё]+(?:[еёи]т|[еёи]тся)\b.* и (?:затем )?[а-яё]+(?:[аяеёи]ет|ит|ёт)(?:ся)?\b"),
}
_PLACE = re.compile(r"\{([^{}]*)\}")


def check_scenarios(library: Library) -> list[Problem]:
    """What is wrong between scenarios and what they name, for every scenario that could be read; sorted."""
    problems: list[Problem] = []
    for name, scenario in library.scenarios.items():
        reading = Reading(library.paths[name])
        _check(scenario, library.trees[name], library, reading)
        problems += reading.problems
    return sorted(problems)


def _check(scenario: Scenario, tree: Tree, library: Library, reading: Reading) -> None:
    _check_names(
        scenario.documents, tree.nodes.get("documents"), _('there is no document "{name}"'), DOCUMENT_FORMS, reading
    )
    _check_names(
        scenario.facts, tree.nodes.get("facts"), _('there is no group of facts "{name}"'), FACT_GROUPS, reading
    )
    for name, node in zip(scenario.documents, _entries(tree.nodes.get("documents")), strict=True):
        needed = DOCUMENT_FORMS[name].needs if name in DOCUMENT_FORMS else ""
        if needed and needed not in scenario.facts:
            what = _('the document "{name}" needs the facts "{facts}"').format(name=name, facts=needed)
            reading.problem(node, what, _("Add {facts} to `facts`.").format(facts=needed))
    points = _point_list(scenario, tree, library, reading)
    for key, choices in (("finds", scenario.finds), ("decoys", scenario.decoys)):
        for choice, node in zip(choices, _entries(tree.nodes.get(key)), strict=True):
            assert isinstance(node, Tree)
            _check_code(choice, node, key == "decoys", reading)
            _check_points(choice, node, scenario, points, reading)
            if not reading.failed:
                _check_papers(choice, node, scenario, reading)
    _check_table(scenario, tree, library, reading)
    _check_counts(scenario, tree, reading)
    _check_items(scenario, tree, library, reading)
    _check_places(scenario, tree, reading)


def _check_names(
    names: Iterable[str], node: Node | None, what: str, known: Mapping[str, Any], reading: Reading
) -> None:
    for name, entry in zip(names, _entries(node), strict=True):
        if name not in known:
            reading.problem(entry, what.format(name=name), hint(name, known) or _known(known))


def _known(names: Iterable[str]) -> str:
    return _("Known: {known}.").format(known=", ".join(names))


def _point_list(scenario: Scenario, tree: Tree, library: Library, reading: Reading) -> PointList | None:
    if not scenario.points:
        return None
    found = library.point_lists.get(scenario.points)
    if found is None and f"{POINTS}/{scenario.points}" not in library.broken:
        what = _('there is no point list "{name}"').format(name=scenario.points)
        reading.problem(tree.nodes["points"], what, hint(scenario.points, library.point_lists))
    return found


def _check_code(choice: FindChoice, node: Tree, decoy: bool, reading: Reading) -> None:
    place = node.nodes["code"]
    code = FIND_CODES.get(choice.code)
    if code is None:
        reading.problem(place, _('there is no find "{code}"').format(code=choice.code), _known(FIND_CODES))
    elif code.decoy != decoy:
        what = _('"{code}" is a decoy') if code.decoy else _('"{code}" is a find')
        reading.problem(
            place,
            what.format(code=choice.code),
            _("Move it to `{key}`.").format(key="decoys" if code.decoy else "finds"),
        )
    elif code.fields and "level" in node.nodes:
        reading.problem(node.keys["level"], _("a wrong paper has a level of its own"), _("Remove `level`."))
    elif not code.fields:
        if "documents" in node.nodes:
            what = _("{code} is not in papers").format(code=choice.code)
            reading.problem(node.keys["documents"], what, _("Remove `documents`."))
        for key, text in (("what", choice.what), ("answer", choice.answer)):
            if not text:
                what = _('{name} has no "{key}"').format(name=choice.code, key=key)
                reading.problem(place, what, _("Say what is placed, and what is to be reported."))


def _check_points(
    choice: FindChoice, node: Tree, scenario: Scenario, points: PointList | None, reading: Reading
) -> None:
    for point, entry in zip(choice.points, _entries(node.nodes.get("points")), strict=True):
        if not scenario.points:
            reading.problem(entry, _("the scenario has no inspection list"), _("Name one: `points: ctpat-7`."))
        elif points is not None and points.point(point) is None:
            known = [known.id for known in points.points]
            what = _('the list "{name}" has no point "{point}"').format(name=points.id, point=point)
            reading.problem(entry, what, hint(point, known))


def _check_papers(choice: FindChoice, node: Tree, scenario: Scenario, reading: Reading) -> None:
    """Whether the papers of the scenario can carry and show the error."""
    code = FIND_CODES[choice.code]
    for name, entry in zip(choice.documents, _entries(node.nodes.get("documents")), strict=True):
        if name not in scenario.documents:
            remedy = hint(name, scenario.documents)
            reading.problem(entry, _('the scenario has no document "{name}"').format(name=name), remedy)
        elif not code.can_be_carried_by(name):
            what = _('{code} cannot be in "{name}": it has no such field').format(code=choice.code, name=name)
            reading.problem(entry, what, _("Remove it here."))
    if not code.can_be_shown_by(scenario.documents):
        if code.alone:
            what = _("{code} cannot be seen: it needs one paper with {fields}")
        else:
            what = _("{code} cannot be seen: it needs two papers with {fields}")
        if code.needs:
            what += "; " + _("and with all of these: {needs}").format(needs=", ".join(code.needs))
        what = what.format(code=choice.code, fields=" | ".join(code.fields))
        remedy = _("Add such papers to `documents`, or leave this find out.")
        reading.problem(node.nodes["code"], what, remedy)


def _check_table(scenario: Scenario, tree: Tree, library: Library, reading: Reading) -> None:
    """Facts that are drawn from a reference table need one of the right sort."""
    if scenario.table and scenario.table not in library.tables and f"{TABLES}/{scenario.table}" not in library.broken:
        what = _('there is no reference table "{name}"').format(name=scenario.table)
        reading.problem(tree.nodes["table"], what, hint(scenario.table, library.tables))
    table = library.tables.get(scenario.table)
    for group, part in NEED_TABLE.items():
        if group in scenario.facts and (not scenario.table or (table is not None and not table.of(part))):
            what = _('the facts "{facts}" need a reference table with rows of "{part}"').format(facts=group, part=part)
            known = [name for name, one in library.tables.items() if one.of(part)]
            remedy = _("Name one: `table: {known}`.").format(known=" | ".join(known))
            reading.problem(tree.nodes["facts"], what, remedy)


def _check_counts(scenario: Scenario, tree: Tree, reading: Reading) -> None:
    if "images" in scenario.facts and scenario.rows[0] != scenario.rows[1]:
        what = _("a set of images is to have the same number for every group: each image has a row on the sheet")
        reading.problem(tree.nodes["rows"], what, _("Write one number: `rows: 6`."))
    elif 0 < images_of(scenario) < scenario.find_count[1]:
        what = _("find_count goes up to {most}, and there are only {n} images")
        what = what.format(most=scenario.find_count[1], n=images_of(scenario))
        reading.problem(tree.nodes["find_count"], what, _("Each image holds one find at most: lower it."))
    for key, count, choices in (
        ("find_count", scenario.find_count, scenario.finds),
        ("decoy_count", scenario.decoy_count, scenario.decoys),
    ):
        if key in tree.nodes and count[1] > len(choices):
            what = _("{key} goes up to {most}, and there are only {n} to choose from")
            what = what.format(key=key, most=count[1], n=len(choices))
            reading.problem(tree.nodes[key], what, _("Lower it, or write more."))
        elif key in tree.nodes and count[1] > (most := most_at_once(choices)):
            what = _(
                "{key} goes up to {n}, and at most {most} of the finds can lie on a unit at the same time: each needs "
                "a point of its own"
            )
            what = what.format(key=key, n=count[1], most=most)
            reading.problem(tree.nodes[key], what, _("Lower it, or give the finds more points."))


def most_at_once(choices: Sequence[FindChoice]) -> int:
    """How many of these can lie on one unit, none on another's point: a largest matching, by augmenting paths."""
    lies: dict[str, FindChoice] = {}

    def place(choice: FindChoice, tried: set[str]) -> bool:
        for point in choice.points:
            if point not in tried:
                tried.add(point)
                if point not in lies or place(lies[point], tried):
                    lies[point] = choice
                    return True
        return False

    return sum(not choice.points or place(choice, set()) for choice in choices)


def _check_items(scenario: Scenario, tree: Tree, library: Library, reading: Reading) -> None:
    sheet = library.scoresheets[scenario.scoresheet]
    taken = {item.id for item in sheet.items}
    kept = (NO_FALSE_REPORT.id, CHANNELS_AGREE.id)
    for item, entry in zip(scenario.items, _entries(tree.nodes.get("items")), strict=True):
        if item.id in taken:
            what = _('the item "{item}" is in the scoresheet "{sheet}" already').format(item=item.id, sheet=sheet.id)
            reading.problem(entry, what, _("Give this one another id, or leave it out."))
        elif item.id.startswith(FIND_ROW) or item.id in kept:
            what = _('the id "{item}" is kept for the rows that fieldkit adds').format(item=item.id)
            reading.problem(entry, what, _("Give the item another id."))
        _check_one_act(item, entry, reading)
    finds = len(find_items(scenario))
    total = len(sheet.items) + len(scenario.items) + finds
    if not FEWEST_ITEMS <= total <= MOST_ITEMS:
        what = _("the sheet has {n} rows, of which {finds} are for finds; good ones have {least} to {most}")
        what = what.format(n=total, finds=finds, least=FEWEST_ITEMS, most=MOST_ITEMS)
        reading.problem(tree.keys.get("items", tree), what, warning=True)


def _check_one_act(item: Item, entry: Node, reading: Reading) -> None:
    """A warning where a text joins two acts: a verb, "and", and a second verb of the same form."""
    for lang, pattern in TWO_ACTS.items():
        if item.text.has(lang) and (found := pattern.search(item.text[lang])):
            what = _('the item "{item}" ({lang}) seems to hold two acts: "{acts}"')
            what = what.format(item=item.id, lang=lang, acts=found.group(0))
            reading.problem(entry, what, _("Make it two items, or keep the one that matters."), warning=True)


def _check_places(scenario: Scenario, tree: Tree, reading: Reading) -> None:
    """`{places}` are filled in the situation, the task and the finds, from the facts that the scenario draws."""
    facts = [name for group in scenario.facts for name in FACT_GROUPS.get(group, ()) if name not in NOT_TEXT]
    keys = [name for group in scenario.facts for name in KEY_FACTS.get(group, ())]
    for key, node in tree.nodes.items():
        if key in ("situation", "task"):
            _check_leaves(node, facts, reading)
        elif key == "model_answer":
            _check_leaves(node, [*facts, *keys], reading)
        elif key in ("finds", "decoys"):
            _check_leaves(node, [*facts, *FIND_PLACES], reading)
        else:
            _check_leaves(node, [], reading)


def _check_leaves(node: Node, known: list[str], reading: Reading) -> None:
    for leaf in leaves(node):
        for name in _PLACE.findall(leaf.text):
            if name not in known:
                remedy = hint(name, known) if known else _("Only the situation, the task and finds may name facts.")
                reading.problem(leaf, _('"{place}" is no fact of this scenario').format(place=f"{{{name}}}"), remedy)
        if not set("{}").isdisjoint(_PLACE.sub("", leaf.text)):
            reading.problem(
                leaf,
                _("a { or } stands alone"),
                _("Close it as in {place}, or remove it.").format(place="{crossing_point}"),
            )


def leaves(node: Node) -> Iterator[Leaf]:
    """Every text of a tree, in order."""
    if isinstance(node, Leaf):
        yield node
        return
    for inner in node.nodes.values() if isinstance(node, Tree) else node.nodes:
        yield from leaves(inner)


def _entries(node: Node | None) -> list[Node]:
    """The entries of a list; none where there is no list."""
    return node.nodes if isinstance(node, Branch) else []
