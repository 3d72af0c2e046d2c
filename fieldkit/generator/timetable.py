"""When each sheet is planned to start: slots over days, trainees of a group one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from fieldkit.model.course import CourseSettings
from fieldkit.model.plan import Plan


def start_times(settings: CourseSettings, plan: Plan, minutes: Mapping[str, int]) -> dict[tuple[str, str], str]:
    """Planned start of every (trainee, station), as ISO text to the minute; empty without a start date.

    `minutes` is the working time of one trainee by station. A slot is as long as the slowest station needs for the
    largest group, and the changeover; slots that would end after the day's end start the next day.
    """
    if not settings.start or not plan.visits:
        return {}
    largest = max(len(group.members) for group in plan.groups)
    slot = timedelta(minutes=max(minutes.values()) * largest + settings.changeover_minutes)
    opens = datetime.fromisoformat(f"{settings.start}T{settings.day_starts}")
    closes = datetime.fromisoformat(f"{settings.start}T{settings.day_ends}")
    a_day = max(1, int((closes - opens) / slot))
    members = {group.id: group.members for group in plan.groups}
    times = {}
    for visit in plan.visits:
        if visit.station not in minutes:  # which course.yaml no longer has
            continue
        day, place = divmod(visit.slot - 1, a_day)
        begins = opens + timedelta(days=day) + place * slot
        for turn, trainee in enumerate(members[visit.group]):
            begin = begins + timedelta(minutes=turn * minutes[visit.station])
            times[trainee, visit.station] = begin.isoformat(timespec="minutes")
    return times
