"""The rotation: nobody twice at once, everybody everywhere, loads even, the same from the same seed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.generator.rotation import clean_units, exercise_seed, extend_plan, make_plan
from fieldkit.generator.timetable import start_times
from fieldkit.model.course import CourseSettings, Policy, Station
from fieldkit.model.plan import Plan


def course(stations: int, **more: object) -> CourseSettings:
    places = tuple(Station(f"S{k}", "any") for k in range(1, stations + 1))
    return CourseSettings(code="TEST", title="Test", stations=places, **more)  # type: ignore[arg-type]


def numbers(letter: str, count: int) -> list[str]:
    return [f"{letter}{k:02}" for k in range(1, count + 1)]


def assert_possible(plan: Plan) -> None:
    for who in ("group", "station", "instructor"):
        places = Counter((visit.slot, getattr(visit, who)) for visit in plan.visits)
        assert max(places.values()) == 1, f"a {who} is in two places at once"


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 8), st.integers(1, 6), st.integers(0, 999))
@settings(max_examples=150, deadline=None)
def test_any_course_has_a_possible_rotation(
    trainees: int, stations: int, instructors: int, size: int, seed: int
) -> None:
    """However many groups, stations and instructors there are, every group visits every station and nobody is in two
    places at once; slots are as few as possible and instructors' loads even."""
    plan = make_plan(course(stations, group_size=size), numbers("T", trainees), numbers("I", instructors), seed)
    groups = len(plan.groups)
    assert_possible(plan)
    assert {(v.group, v.station) for v in plan.visits} == {
        (g.id, f"S{s}") for g in plan.groups for s in range(1, stations + 1)
    }
    assert len(plan.visits) == groups * stations
    assert plan.slots == max(groups, stations, -(-groups * stations // instructors))
    loads = Counter(v.instructor for v in plan.visits)
    assert max(loads[i] for i in numbers("I", instructors)) - min(loads[i] for i in numbers("I", instructors)) <= 1


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 999))
@settings(max_examples=50, deadline=None)
def test_every_trainee_is_in_one_group(trainees: int, stations: int, seed: int) -> None:
    """Every trainee is in exactly one group, and groups are of the same size within one."""
    plan = make_plan(course(stations), numbers("T", trainees), ["I01"], seed)
    assert sorted(m for g in plan.groups for m in g.members) == numbers("T", trainees)
    sizes = [len(g.members) for g in plan.groups]
    assert max(sizes) - min(sizes) <= 1


def test_instructors_stay_at_their_station() -> None:
    """With one instructor a station, everybody stays where he is all day."""
    plan = make_plan(course(6), numbers("T", 24), numbers("I", 6), 3)
    assert len({(v.station, v.instructor) for v in plan.visits}) == 6


def test_the_same_seed_gives_the_same_plan() -> None:
    """The same seed and roster give the same groups and rotation; another seed gives others."""
    plans = [make_plan(course(6), numbers("T", 24), numbers("I", 5), seed) for seed in (7, 7, 8)]
    assert plans[0] == plans[1]
    assert plans[0].groups != plans[2].groups


def test_double_marking_uses_only_free_instructors() -> None:
    """A sheet marked twice has two instructors, and the second is nowhere else in that slot."""
    policy = Policy(double_share=Decimal("0.1"))
    plan = make_plan(course(6, policy=policy), numbers("T", 24), numbers("I", 5), 3)
    assert len(plan.doubles) == 14  # 10 % of 144, rounded half up
    for (trainee, station), second in plan.doubles.items():
        group = plan.group_of(trainee)
        assert group is not None
        visit = next(v for v in plan.visits if (v.group, v.station) == (group.id, station))
        others = {v.instructor for v in plan.visits if v.slot == visit.slot}
        assert second not in others


def test_a_quarter_of_the_units_is_clean() -> None:
    """One unit in four has nothing planted, and every group meets about as many of them."""
    settings_ = course(6)
    plan = make_plan(settings_, numbers("T", 24), numbers("I", 6), 3)
    clean = clean_units(settings_, plan.groups, 3)
    assert len(clean) == 9
    assert {Counter(group for _, group in clean)[g.id] for g in plan.groups} <= {1, 2}


def test_a_late_trainee_joins_without_moving_anybody() -> None:
    """A trainee added after the draw joins the smallest group; all visits stay as they were printed."""
    before = make_plan(course(4), numbers("T", 7), numbers("I", 4), 5)
    after = extend_plan(before, course(4), [*numbers("T", 7), "T99"], numbers("I", 4), 5)
    assert after.visits == before.visits
    joined = after.group_of("T99")
    assert joined is not None
    assert len(joined.members) == 2


def test_a_new_station_is_visited_when_everybody_is_free() -> None:
    """A station added after the draw is visited by every group, in slots where group and instructor are free."""
    before = make_plan(course(3), numbers("T", 8), numbers("I", 2), 5)
    after = extend_plan(before, course(4), numbers("T", 8), numbers("I", 2), 5)
    assert set(before.visits) <= set(after.visits)
    assert {(v.group, v.station) for v in after.visits} >= {(g.id, "S4") for g in before.groups}
    assert_possible(after)


def test_times_go_over_to_the_next_day() -> None:
    """Slots that do not fit before the day's end are planned for the next morning."""
    settings_ = course(6, start="2026-05-18", group_size=4)
    plan = make_plan(settings_, numbers("T", 24), numbers("I", 6), 3)
    times = start_times(settings_, plan, {s.id: 20 for s in settings_.stations})
    assert min(times.values()) == "2026-05-18T09:00"
    assert {t[:10] for t in times.values()} == {"2026-05-18"} or max(times.values()) < "2026-05-20"
    assert all("09:00" <= t[11:] <= "18:00" for t in times.values())
    per_trainee = Counter((trainee, t) for (trainee, _), t in times.items())
    assert max(per_trainee.values()) == 1


@pytest.mark.parametrize("other", [("S2", "G1"), ("S1", "G2")])
def test_every_group_has_an_exercise_of_its_own(other: tuple[str, str]) -> None:
    """Another group, or another station, has another seed; the same one always has the same."""
    assert exercise_seed(7, "S1", "G1") == exercise_seed(7, "S1", "G1")
    assert exercise_seed(7, "S1", "G1") != exercise_seed(7, *other)
