"""The rotation: groups, who is when at which station with which instructor, and what is marked twice.

Every group visits every station once. No group, station or instructor is in two places in one slot; the slots are as
few as groups, stations and instructors allow; instructors' loads differ by one visit at most, and an instructor goes
where he was most, as far as the loads let him. Order comes from hashes of the seed, so it is the same on every machine.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from fieldkit.model.course import CourseSettings
from fieldkit.model.plan import Group, Plan, Visit

Pair = tuple[int, int]  # a group and a station, by their place in the lists


def make_plan(settings: CourseSettings, trainees: Sequence[str], instructors: Sequence[str], seed: int) -> Plan:
    """A new plan for trainees and instructors (numbers, in roster order; at least one of each)."""
    groups = make_groups(trainees, len(settings.stations), settings.group_size, seed)
    stations = [station.id for station in settings.stations]
    slots = spread_visits(len(groups), len(stations), len(instructors))
    visits = assign_instructors(
        [[(groups[g].id, stations[s]) for g, s in sorted(slot)] for slot in slots], list(instructors)
    )
    return Plan(seed, groups, visits, choose_doubles(settings, groups, visits, instructors, seed))


def extend_plan(
    plan: Plan, settings: CourseSettings, trainees: Sequence[str], instructors: Sequence[str], seed: int
) -> Plan:
    """`plan` with its groups and visits as they are, and what is new since: late trainees join the smallest groups,
    new stations are visited in the first slots that are free."""
    members = {group.id: [m for m in group.members if m in trainees] for group in plan.groups}
    placed = {m for group in members.values() for m in group}
    for late in (t for t in trainees if t not in placed):
        min(members.values(), key=len).append(late)
    groups = tuple(Group(name, tuple(people)) for name, people in members.items())
    kept = [v for v in plan.visits if settings.station(v.station)]
    visits = list(kept)
    done = {(v.group, v.station) for v in kept}
    for station in settings.stations:
        for group in groups:
            if (group.id, station.id) not in done:
                visits.append(_first_free(visits, group.id, station.id, instructors))
    visits.sort(key=lambda v: (v.slot, v.station))
    return Plan(seed, groups, tuple(visits), dict(plan.doubles))


def _first_free(visits: Sequence[Visit], group: str, station: str, instructors: Sequence[str]) -> Visit:
    load = Counter(v.instructor for v in visits)
    slot = 1
    while True:
        there = [v for v in visits if v.slot == slot]
        free = [i for i in instructors if i not in {v.instructor for v in there}]
        if free and all(v.group != group and v.station != station for v in there):
            return Visit(slot, station, group, min(free, key=lambda i: load[i]))
        slot += 1


def make_groups(trainees: Sequence[str], stations: int, size: int | None, seed: int) -> tuple[Group, ...]:
    """Groups of `size`, or as many groups as stations where it is None; sizes differ by one at most."""
    count = math.ceil(len(trainees) / size) if size else min(len(trainees), stations)
    drawn = sorted(trainees, key=lambda t: _hash(seed, "group", t))
    order = {trainee: place for place, trainee in enumerate(trainees)}
    width = len(str(count))
    return tuple(
        Group(f"G{k + 1:0{width}}", tuple(sorted(drawn[k::count], key=lambda t: order[t]))) for k in range(count)
    )


def spread_visits(groups: int, stations: int, instructors: int) -> list[set[Pair]]:
    """Every (group, station) pair in one of the fewest slots, each slot with no group or station twice and no more
    visits than instructors.

    This is an edge colouring of the complete bipartite graph: a cyclic square gives one with max(groups, stations)
    colours, and swapping along alternating paths evens out the colours when instructors ask for more (de Werra 1971).
    """
    square = max(groups, stations)
    slots: list[set[Pair]] = [set() for _ in range(max(square, math.ceil(groups * stations / instructors)))]
    for g in range(groups):
        for s in range(stations):
            slots[(s - g) % square].add((g, s))
    while len(max(slots, key=len)) > instructors:
        big, small = max(slots, key=len), min(slots, key=len)
        path = _longer_path(big, small)
        moved = big & path
        small |= moved
        big -= moved
        back = (small & path) - moved
        big |= back
        small -= back
    return slots


def _longer_path(big: set[Pair], small: set[Pair]) -> set[Pair]:
    """A connected part of both slots together that has one visit more of `big` than of `small`."""
    left = sorted(big | small)
    while left:
        part, grown = {left[0]}, True
        while grown:
            more = {e for e in left if e not in part and any(e[0] == f[0] or e[1] == f[1] for f in part)}
            part |= more
            grown = bool(more)
        if len(part & big) > len(part & small):
            return part
        left = [e for e in left if e not in part]
    raise AssertionError("a larger slot always has such a part")


def assign_instructors(slots: Sequence[Sequence[tuple[str, str]]], instructors: Sequence[str]) -> tuple[Visit, ...]:
    """Instructors for the (group, station) visits of each slot: the least burdened work, each where he was most."""
    load, been = Counter[str](), Counter[tuple[str, str]]()
    visits = []
    for number, slot in enumerate(slots, 1):
        stations = sorted(station for _, station in slot)
        free = sorted(instructors, key=lambda i: (load[i], -sum(been[i, s] for s in stations), instructors.index(i)))
        ready = free[: len(slot)]
        at: dict[str, str] = {}
        for i, station in sorted(
            ((i, s) for i in ready for s in stations), key=lambda pair: (-been[pair], pair[1], ready.index(pair[0]))
        ):
            if station not in at and i not in at.values():
                at[station] = i
        for group, station in slot:
            visits.append(Visit(number, station, group, at[station]))
        load.update(at.values())
        been.update((i, station) for station, i in at.items())
    return tuple(sorted(visits, key=lambda v: (v.slot, v.station)))


def choose_doubles(
    settings: CourseSettings, groups: Sequence[Group], visits: Sequence[Visit], instructors: Sequence[str], seed: int
) -> dict[tuple[str, str], str]:
    """Which (trainee, station) sheets a second instructor marks too: the share the course asks for, as far as
    instructors are free in those slots."""
    members = {group.id: group.members for group in groups}
    total = sum(len(members[v.group]) for v in visits)
    quota = int((settings.policy.double_share * total).quantize(Decimal(1), ROUND_HALF_UP))
    busy = {(v.slot, v.instructor) for v in visits}
    load = Counter(v.instructor for v in visits)
    doubles: dict[tuple[str, str], str] = {}
    for visit in sorted(visits, key=lambda v: _hash(seed, "double", v.group, v.station)):
        free = [i for i in instructors if (visit.slot, i) not in busy]
        if not free or len(doubles) >= quota:
            continue
        second = min(free, key=lambda i: load[i])
        for trainee in members[visit.group][: quota - len(doubles)]:
            doubles[trainee, visit.station] = second
        busy.add((visit.slot, second))
        load[second] += 1
    return doubles


def clean_units(settings: CourseSettings, groups: Sequence[Group], seed: int) -> set[tuple[str, str]]:
    """The (station, group) exercises with nothing planted: the course's share, spread over stations and groups."""

    def rounded(stations: int) -> int:
        return int((settings.clean_share * len(groups) * stations).quantize(Decimal(1), ROUND_HALF_UP))

    clean: set[tuple[str, str]] = set()
    had = Counter[str]()
    for place, station in enumerate(s.id for s in settings.stations):
        order = sorted((g.id for g in groups), key=lambda g: (had[g], _hash(seed, "clean", station, g)))
        for group in order[: rounded(place + 1) - rounded(place)]:
            clean.add((station, group))
            had[group] += 1
    return clean


def exercise_seed(seed: int, station: str, group: str) -> int:
    """The seed of one exercise, drawn from the course's; it does not depend on the other stations and groups."""
    return int.from_bytes(_hash(seed, "exercise", station, group)[:4], "big") >> 1


def _hash(seed: int, *what: str) -> bytes:
    return hashlib.sha256("\x1f".join((str(seed), *what)).encode("utf-8")).digest()
