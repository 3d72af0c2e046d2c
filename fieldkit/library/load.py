"""The scenarios, scoresheets, point lists and tables there are: fieldkit's, a centre's shared ones, a course's own.

What has the same id stands in place of what came before: the centre's in place of fieldkit's, the course's in place of
both. Where a course's own hides one of the centre's, that is told, since perhaps nobody meant it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from gettext import gettext as _
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from fieldkit.errors import BadInput, Problem
from fieldkit.library.point_file import NAMES_FILE, read_names, read_point_list
from fieldkit.library.reference_file import read_reference
from fieldkit.library.scenario_file import read_scenario
from fieldkit.library.scoresheet_file import read_scoresheet
from fieldkit.library.shared import shared_folder
from fieldkit.library.translations import use_translations
from fieldkit.library.yaml_reader import Tree
from fieldkit.model.reference import ReferenceTable
from fieldkit.model.scenario import PointList, Scenario
from fieldkit.model.scoresheet import Scoresheet
from fieldkit.model.texts import Text

LIBRARY, SHARED, COURSE = "library", "shared", "course"
SCENARIOS = "scenarios"
SCORESHEETS = "scoresheets"
POINTS = "points"
TABLES = "tables"

Folder = Path | Traversable
Made = TypeVar("Made", Scenario, Scoresheet, PointList, ReferenceTable)


class Scenarios(Mapping[str, Scenario]):
    """The scenarios by id, each read when it is first asked for. One whose file has problems is not among them."""

    def __init__(self, read: Callable[[str], Scenario | None]) -> None:
        self.files: dict[str, Folder] = {}
        self._read = read

    def __getitem__(self, scenario_id: str) -> Scenario:
        found = self._read(scenario_id) if scenario_id in self.files else None
        if found is None:
            raise KeyError(scenario_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in sorted(self.files) if self._read(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in self.files and self._read(str(name)) is not None


class Library:
    """Everything that can be drawn and marked, by id.

    Scenarios are read when they are asked for, the small files at once. `origins` says where each scenario comes from
    (LIBRARY, SHARED or COURSE); `trees` and `paths` hold where each scenario that was read was written.
    """

    def __init__(self) -> None:
        self.scenarios = Scenarios(self._scenario)
        self.scoresheets: dict[str, Scoresheet] = {}
        self.point_lists: dict[str, PointList] = {}
        self.tables: dict[str, ReferenceTable] = {}
        self.origins: dict[str, str] = {}
        self.trees: dict[str, Tree] = {}
        self.paths: dict[str, str] = {}
        self.homes: list[dict[str, Folder]] = []
        self._small: dict[str, list[Problem]] = {}  # problems of small files, by folder and name
        self._read: dict[str, tuple[Scenario | None, list[Problem]]] = {}

    @property
    def own(self) -> set[str]:
        """The ids of the scenarios that do not come with fieldkit."""
        return {name for name, origin in self.origins.items() if origin != LIBRARY}

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the files, all of them; sorted."""
        return sorted(
            [problem for found in self._small.values() for problem in found]
            + [problem for name in self.scenarios.files for problem in self._read_once(name)[1]]
        )

    @property
    def broken(self) -> set[str]:
        """What is there but has problems (`scenarios/<id>`), so that nobody is told that it is missing."""
        small = {name for name, found in self._small.items() if any(not problem.warning for problem in found)}
        return small | {f"{SCENARIOS}/{name}" for name, (made, _) in self._read.items() if made is None}

    def scenario(self, scenario_id: str) -> Scenario:
        """The scenario of that id. Raises BadInput with what is near, or with its problems where it has some."""
        if scenario_id in self.scenarios.files:
            made, problems = self._read_once(scenario_id)
            if made is None:
                small = [problem for found in self._small.values() for problem in found if not problem.warning]
                raise BadInput.from_problems(sorted([*problems, *small]))
            return made
        near = get_close_matches(scenario_id, self.scenarios.files, n=3, cutoff=0.4)
        known = _("`fieldkit scenario list` names all there are.")
        remedy = _("Did you mean {names}?").format(names=_(" or ").join(near)) if near else known
        raise BadInput(_('There is no scenario "{name}".').format(name=scenario_id), remedy)

    def file(self, name: str) -> Folder:
        """The file of that name (`scenarios/points/ctpat-7.yaml`), the course's own before the library's."""
        for home in reversed(self.homes):
            folder, rest = name.split("/", 1)
            path = home[folder]
            for part in rest.split("/"):
                path = path / part
            if path.is_file():
                return path
        raise BadInput(
            _("There is no file {name}.").format(name=name), _("`fieldkit scenario list` names all there are.")
        )

    def _scenario(self, scenario_id: str) -> Scenario | None:
        return self._read_once(scenario_id)[0]

    def _read_once(self, name: str) -> tuple[Scenario | None, list[Problem]]:
        if name not in self._read:
            path = self.scenarios.files[name]
            broken = {n.partition("/")[2] for n in self._small if n.startswith(SCORESHEETS) and self._small[n]}
            scenario, tree, problems = read_scenario(path, self.scoresheets, broken)
            if tree is not None:
                self.trees[name] = tree
            self.paths[name] = str(path)
            made = _named_like_its_file(path, name, scenario, problems)
            self._read[name] = made, problems
        return self._read[name]


def load_library(course_folder: Path | None = None) -> Library:
    """The built-in library, what a centre shares, and, where a course folder is given, what the course adds.

    Raises BadInput where a shared folder is named and not there.
    """
    use_translations(course_folder)
    library = Library()
    homes: list[tuple[str, Folder, Folder]] = [(LIBRARY, files("fieldkit.scenarios"), files("fieldkit.scoresheets"))]
    if (shared := shared_folder(course_folder)) is not None:
        homes.append((SHARED, shared / SCENARIOS, shared / SCORESHEETS))
    if course_folder is not None:
        homes.append((COURSE, course_folder / SCENARIOS, course_folder / SCORESHEETS))
    names: dict[str, Text] = {}
    of_centre: dict[str, Folder] = {}
    for origin, scenarios, scoresheets in homes:
        library.homes.append({SCENARIOS: scenarios, SCORESHEETS: scoresheets})
        _load_points(library, scenarios / POINTS, names)
        for path, stem in _yaml_files(scoresheets):
            sheet, problems = read_scoresheet(path)
            _keep(library, library.scoresheets, f"{SCORESHEETS}/{stem}", path, sheet, problems)
        for path, stem in _yaml_files(scenarios / TABLES):
            table, problems = read_reference(path)
            _keep(library, library.tables, f"{TABLES}/{stem}", path, table, problems)
        for path, stem in _yaml_files(scenarios):
            library.scenarios.files[stem] = path
            library.origins[stem] = origin
        _note_hidden(library, origin, scenarios, scoresheets, of_centre)
    return library


def _note_hidden(
    library: Library, origin: str, scenarios: Folder, scoresheets: Folder, of_centre: dict[str, Folder]
) -> None:
    """Tell where a file of the course has the name of one that the centre shares."""
    folders = ((SCENARIOS, scenarios), (SCORESHEETS, scoresheets), (POINTS, scenarios / POINTS))
    for kind, folder in (*folders, (TABLES, scenarios / TABLES)):
        for path, stem in _yaml_files(folder):
            name = f"{kind}/{stem}"
            if origin == SHARED:
                of_centre[name] = path
            elif name in of_centre:
                what = _('"{name}" is in the shared folder too ({path}); this one is used').format(
                    name=stem, path=of_centre[name]
                )
                remedy = _("Give one of them another id, or remove the one that is not meant.")
                library._small[f"{name} twice"] = [Problem(str(path), 1, 1, what, remedy, warning=True)]


def _load_points(library: Library, folder: Folder, names: dict[str, Text]) -> None:
    if (folder / NAMES_FILE).is_file():
        more, problems = read_names(folder / NAMES_FILE)
        names.update(more)
        if problems:
            library._small[f"{POINTS}/{folder / NAMES_FILE}"] = problems
    for path, stem in _yaml_files(folder):
        if path.name != NAMES_FILE:
            points, problems = read_point_list(path, names)
            _keep(library, library.point_lists, f"{POINTS}/{stem}", path, points, problems)


def _keep(
    library: Library, shelf: dict[str, Made], name: str, path: Folder, made: Made | None, problems: list[Problem]
) -> None:
    """Put what was read on its shelf, in place of what stood there; note what is broken."""
    stem = name.partition("/")[2]
    made = _named_like_its_file(path, stem, made, problems)
    shelf.pop(stem, None)
    library._small.pop(name, None)
    if problems:
        library._small[name] = problems
    if made is not None:
        shelf[stem] = made


def _named_like_its_file(path: Folder, stem: str, made: Made | None, problems: list[Problem]) -> Made | None:
    """What was read, if the file is called like the id in it; else nothing, and the problem noted."""
    if made is None or made.id == stem:
        return made
    remedy = _("Call the file {name}.yaml, or write `id: {stem}`.").format(name=made.id, stem=stem)
    problems.append(Problem(str(path), 1, 1, _('the file holds the id "{name}"').format(name=made.id), remedy))
    return None


def _yaml_files(folder: Folder) -> Iterator[tuple[Folder, str]]:
    """The YAML files of a folder by name, each with its name without the ending; none where there is no folder."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".yaml") and not path.name.startswith("."):
            yield path, path.name.removesuffix(".yaml")
