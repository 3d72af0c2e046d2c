"""The files of a new course folder, with comments for the person who fills them in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from gettext import gettext as _

from fieldkit.library import point_file, scenario_file, scoresheet_file
from fieldkit.library.fields import markdown

_WHOLE_LINE = re.compile(r" *# (?![a-z_]+:)")  # a key may stand there as well, to be put to use
_AFTER_KEY = re.compile(r"[a-z_]+:.* # ")

_COURSE = """\
# A course. Lines that begin with # are notes; to use one, take the # away.
# `fieldkit check` says what is wrong with this folder and where.

code: {code}            # stands in every printed code: capital letters and digits, at most 10
title: {title}
# crossing_point: Torugart
# start: 2026-09-14
# end: 2026-09-18
languages: [en, ru]      # en, ru, ky, prs (Dari), ps (Pashto); the first is the main one
paper: a4                # or letter
# group_size: 5          # without it there are as many groups as stations
day_starts: "09:00"
day_ends: "18:00"
changeover_minutes: 5    # between two exercises
clean_share: 0.25        # part of the units with nothing planted; never announced
spare_sheets: 2          # sheets without a name, for each station
# bilingual_sheets: true # the trainee's language on the sheet beside the instructor's
# digits: eastern        # ۱۲ on pages in Dari and Pashto; codes stay 0 to 9
# solar_dates: true      # the Solar Hijri date beside the other, in Dari and Pashto
# shared_folder: ../our-scenarios   # scenarios and scoresheets that the centre's courses share

# One entry for each place in the rotation. `fieldkit scenario list` names the scenarios.
stations:
  - id: seal
    scenario: container-seal
    # title: {{en: Seal check, ru: Проверка пломбы}}
    # place: Gate 2
    # pass_mark: 80      # percent, where this station differs from the policy below
    # standard: fixed    # what sets its pass mark, where it differs from the policy below
  - id: container
    scenario: container-7-point
  - id: truck
    scenario: truck-trailer-17-point
  - id: papers
    scenario: documents-desk

policy:
  pass_mark: 70          # percent of the points, to pass a station
  # stations_to_pass: 3  # without it: all of them
  double_share: 0        # part of the sheets that a second instructor marks too, 0 to 1
  double_counts: first   # which of the two counts: first, mean, agreed
  retakes: 1
  # What sets each station's pass mark; where it does not apply, the mark above counts, and reports say why.
  #   borderline-regression, borderline-group: from the overall ratings, 20 (6 at the border) for each station
  #   angoff, ebel: from a panel of 5 judges or more, in standards/angoff.csv or standards/ebel.csv
  #   hofstee: from the panel's limits in standards/hofstee.csv and the marks of 20 trainees
  # standard: fixed
"""

# Semicolons and the mark at the beginning make Excel show letters and columns as they are.
_TRAINEES = """\
\ufeffnumber;name;fathers_name;rank;unit;country;gender;language
EX-01;EXAMPLE One, replace me;;Inspector;Border post A;KG;f;ru
EX-02;EXAMPLE Two, replace me;;Inspector;Border post A;KG;m;ru
EX-03;EXAMPLE Three, replace me;;Senior inspector;Border post B;KG;;ru
EX-04;EXAMPLE Four, replace me;;Inspector;Border post B;AF;m;en
"""

_INSTRUCTORS = """\
\ufeffnumber;name;rank;unit;country;language
EX-I1;EXAMPLE Instructor One, replace me;;Training centre;KG;ru
EX-I2;EXAMPLE Instructor Two, replace me;;Training centre;KG;en
"""

_SCENARIOS = """\
# Scenarios of this course

Every file here that ends in `.yaml` is a scenario. One with the id of a scenario of the library takes its place.
The file is called like the id in it: `seal-at-night.yaml` begins with `id: seal-at-night`.

The keys (* = has to be there); `fieldkit check` tells what is wrong, with line and column:

{scenario}

Each entry of `finds` and `decoys`:

{find}

Each entry of `items`:

{item}

A text by language is written like this; one language is enough:

    title:
      en: Seal check at night
      ru: Проверка пломбы ночью

Inspection lists of your own lie in the folder `points` in here:

{point_list}

Each entry of `points` in them:

{step}
"""

_SCORESHEETS = """\
# Scoresheets of this course

Every file here that ends in `.yaml` is a scoresheet. One with the id of a scoresheet of the library takes its place.
The file is called like the id in it. A scenario says which scoresheet it uses; `fieldkit check` tells what is wrong.
The keys (* = has to be there):

{scoresheet}

Each entry of `scales`:

{scale}

Each entry of `marks` in them:

{mark}

Each entry of `items`:

{item}
"""


_SCENARIO = """\
# A scenario. Lines that begin with # are notes. `fieldkit scenario check {id}` says what is wrong and where;
# scenarios/README.md of fieldkit explains every key. Write texts in as many languages as you like.
id: {id}                  # the same as the file's name
version: 1                # count it up with every change: exercises are then drawn anew
subject: containers       # containers, trailers, documents, narcotics, risk, scanner, legal, intelligence
unit: container           # container, reefer-container, truck-trailer, tanker, baggage, scanner-site, documents
title:
  en: Title of the exercise
  ru: Название упражнения
situation:                # what the trainee is told; {{places}} are filled in from the facts
  en: A container waits at {{crossing_point}}. It came from {{dispatch_place}}.
  ru: Контейнер ожидает в пункте пропуска {{crossing_point}}; место отправления {{dispatch_place}}.
task:
  en: Check the seal against the papers. Say aloud what you see.
  ru: Сверьте пломбу с документами. Говорите вслух, что видите.
hand_in: {{en: What you found and where, ru: Что и где вы нашли}}
minutes: 10
prepare:                  # what the instructor sets up
  - {{en: "Set up what the sealed card names.", ru: "Подготовьте всё, что указано в закрытой карточке."}}
props:
  - {{en: Training seal, ru: Учебная пломба}}
safety:
  - {{en: "The unit is braked, the keys are with the instructor.", ru: "Объект заторможен, ключи у инструктора."}}
facts: [route, parties, vehicle, container, seal]
points: container-doors   # the inspection list that is walked; leave it out where nothing is walked
finds:                    # what may be planted; one unit in four is left clean
  - code: D02             # a wrong paper: fieldkit plants it and proves that it can be seen
  - code: A02             # something on the unit: say what is placed and what is to be reported
    points: [hinges, rivets]
    tagged: true
    level: 2              # how hard it is to see, 1 to 3
    what: {{en: Fix the sign with the tag here., ru: Закрепите здесь знак с меткой.}}
    answer: {{en: The bolt has been taken off lately., ru: Болт недавно снимали.}}
find_count: [1, 2]
decoys:                   # harmless, so that finding something everywhere does not pay
  - code: N02
    points: [hinges, locking-bars]
    what: {{en: Stick a sign with old rust here., ru: Прикрепите здесь знак со старой ржавчиной.}}
    answer: {{en: Old rust is nothing to report., ru: О старой ржавчине докладывать не о чем.}}
decoy_count: [0, 1]
documents: [cmr, seal-log, seal]
scoresheet: field-check   # its items come first on the sheet
items:                    # one act that can be seen in each, verb first; at most 15 rows fit on one page
  - id: number-read
    text: {{en: Reads the whole seal number aloud, ru: Читает вслух полный номер пломбы}}
    points: 2
  - id: number-compared
    text: {{en: Compares the seal number with two papers, ru: Сверяет номер пломбы с двумя документами}}
    competency: documents
  - id: seal-tugged
    text: {{en: Tugs the seal firmly, ru: С усилием дёргает пломбу}}
  - id: seal-not-cut
    text: {{en: Leaves the seal whole until it is recorded, ru: Не срезает пломбу до записи}}
    critical: true        # failing it fails the station
model_answer:
  - en: Views, verifies, tugs, twists; records first.
    ru: Осматривает, сверяет, дёргает, поворачивает; сначала записывает.
clean_up:
  - {{en: Take off all labels and tags and count them., ru: Снимите все таблички и метки и пересчитайте.}}
sources:
  - Where it comes from, by name
"""


def scenario_template(scenario_id: str) -> str:
    """A new scenario with comments. It passes the check as it stands."""
    return _in_language(_SCENARIO).format(id=scenario_id)


def course_template(code: str, title: str) -> dict[str, str]:
    """The files of a new course, name to text. They pass `read_course` and `read_roster` as they stand."""
    return {
        "course.yaml": _in_language(_COURSE).format(code=code, title=json.dumps(title, ensure_ascii=False)),
        "trainees.csv": _TRAINEES,
        "instructors.csv": _INSTRUCTORS,
        "scenarios/README.md": _with_keys(_SCENARIOS),
        "scoresheets/README.md": _with_keys(_SCORESHEETS),
    }


def notes() -> Iterator[str]:
    """Every note in the templates, as the catalogues of the screen have it."""
    for line in (_COURSE + _SCENARIO).splitlines():
        if (start := _note(line)) is not None:
            yield line[start:]


def _note(line: str) -> int | None:
    """Where the note in a line begins; None where it has none, be it that a key stands behind the #."""
    if found := _WHOLE_LINE.match(line):
        return found.end()
    found = _AFTER_KEY.search(line)
    return found.end() if found else None


def _in_language(template: str) -> str:
    """A template with its notes in the language of the screen."""
    lines = []
    for line in template.splitlines(keepends=True):
        text = line.rstrip("\n")
        start = _note(text)
        lines.append(line if start is None else text[:start] + _(text[start:]) + "\n")
    return "".join(lines)


def _with_keys(template: str) -> str:
    tables = {
        "scenario": scenario_file.SCENARIO,
        "find": scenario_file.FIND,
        "item": scoresheet_file.ITEM,
        "scoresheet": scoresheet_file.SCORESHEET,
        "scale": scoresheet_file.SCALE,
        "mark": scoresheet_file.MARK,
        "point_list": point_file.POINT_LIST,
        "step": point_file.STEP,
    }
    return template.format(**{name: markdown(table) for name, table in tables.items()})
