"""The library: the scenarios, scoresheets and point lists that come with fieldkit, and a course's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from fieldkit.errors import BadInput, Problem
from fieldkit.library.point_file import NAMES_FILE, read_names, read_point_list
from fieldkit.library.scenario_file import read_scenario
from fieldkit.library.scoresheet_file import read_scoresheet
from fieldkit.library.yaml_reader import Tree
from fieldkit.model.scenario import PointList, Scenario
from fieldkit.model.scoresheet import Scoresheet
from fieldkit.model.texts import Text

SCENARIOS = "scenarios"
SCORESHEETS = "scoresheets"
POINTS = "points"

Folder = Path | Traversable
Made = TypeVar("Made", Scenario, Scoresheet, PointList)


@dataclass
class Library:
    """Everything that can be drawn and marked, by id. A course's own stand in place of built-in ones of the same id.

    `broken` names what is there but has problems (`scenarios/<id>`), so that nobody is told that it is missing;
    `own` are the ids of the course's scenarios; `trees` and `paths` hold where each scenario was written.
    """

    scenarios: dict[str, Scenario] = field(default_factory=dict)
    scoresheets: dict[str, Scoresheet] = field(default_factory=dict)
    point_lists: dict[str, PointList] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    trees: dict[str, Tree] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    def scenario(self, scenario_id: str) -> Scenario:
        """The scenario of that id. Raises BadInput with what is near, or with its problems where it has some."""
        if scenario_id in self.scenarios:
            return self.scenarios[scenario_id]
        if f"{SCENARIOS}/{scenario_id}" in self.broken:
            raise BadInput.from_problems(self.problems)
        near = get_close_matches(scenario_id, self.scenarios, n=3, cutoff=0.4)
        remedy = f"Did you mean {' or '.join(near)}?" if near else "`fieldkit scenario list` names all there are."
        raise BadInput(f'There is no scenario "{scenario_id}".', remedy)


def load_library(course_folder: Path | None = None) -> Library:
    """The built-in library and, where a course folder is given, what the course adds or replaces."""
    library = Library()
    homes: list[tuple[Folder, Folder]] = [(files("fieldkit.scenarios"), files("fieldkit.scoresheets"))]
    if course_folder is not None:
        homes.append((course_folder / SCENARIOS, course_folder / SCORESHEETS))
    names: dict[str, Text] = {}
    for own, (scenarios, scoresheets) in enumerate(homes):
        _load_points(library, scenarios / POINTS, names)
        _load_scoresheets(library, scoresheets)
        _load_scenarios(library, scenarios, bool(own))
    library.problems.sort()
    return library


def _load_points(library: Library, folder: Folder, names: dict[str, Text]) -> None:
    if (folder / NAMES_FILE).is_file():
        more, problems = read_names(folder / NAMES_FILE)
        names.update(more)
        library.problems += problems
    for path, stem in _yaml_files(folder):
        if path.name != NAMES_FILE:
            points, problems = read_point_list(path, names)
            _keep(library, library.point_lists, f"{POINTS}/{stem}", path, points, problems)


def _load_scoresheets(library: Library, folder: Folder) -> None:
    for path, stem in _yaml_files(folder):
        sheet, problems = read_scoresheet(path)
        _keep(library, library.scoresheets, f"{SCORESHEETS}/{stem}", path, sheet, problems)


def _load_scenarios(library: Library, folder: Folder, own: bool) -> None:
    broken = {name.partition("/")[2] for name in library.broken if name.startswith(SCORESHEETS)}
    for path, stem in _yaml_files(folder):
        scenario, tree, problems = read_scenario(path, library.scoresheets, broken)
        _keep(library, library.scenarios, f"{SCENARIOS}/{stem}", path, scenario, problems)
        library.paths[stem] = str(path)
        if tree is not None:
            library.trees[stem] = tree
        if own:
            library.own.add(stem)


def _keep(
    library: Library, shelf: dict[str, Made], name: str, path: Folder, made: Made | None, problems: list[Problem]
) -> None:
    """Put what was read on its shelf, in place of what stood there; note what is broken."""
    stem = name.partition("/")[2]
    if made is not None and made.id != stem:
        remedy = f"Call the file {made.id}.yaml, or write `id: {stem}`."
        problems.append(Problem(str(path), 1, 1, f'the file holds the id "{made.id}"', remedy))
        made = None
    library.problems += problems
    shelf.pop(stem, None)
    library.broken.discard(name)
    if made is None:
        library.broken.add(name)
    else:
        shelf[stem] = made


def _yaml_files(folder: Folder) -> Iterator[tuple[Folder, str]]:
    """The YAML files of a folder by name, each with its name without the ending; none where there is no folder."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml") and not path.name.startswith("."):
            yield path, path.name.removesuffix(".yaml")
