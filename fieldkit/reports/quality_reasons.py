"""Reasons and remarks of an analysis in other languages: the statistics say them in English, with figures inside.

Each row is the English sentence with names for what varies, and the same sentence in Russian. A part called `why` is
itself such a sentence. What has no row is printed as it stands.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from fieldkit.model.texts import Text, text
from fieldkit.reports.figures import column_figure

_DECIMAL = re.compile(r"-?\d+\.\d+%?")

REASONS: tuple[Text, ...] = (
    # too few
    text("not enough data: {n} {unit}, {needed} needed", ru="мало данных: {unit} – {n}, нужно {needed}"),
    text("there is only one {what} in each {where}, so its share of the spread cannot be told",
         ru="в каждой группе ({where}) только одно значение ({what}), его долю разброса не определить"),
    text("there is only one {what}, so its share of the spread cannot be told",
         ru="только одно значение ({what}), его долю разброса не определить"),
    text("there is only one {what}, so nobody to compare with", ru="{what} только один, сравнивать не с кем"),
    text("there is only one course in the table", ru="в таблице только один курс"),
    text("needs at least {n} {unit} with all marks, there is {have}",
         ru="нужно не меньше {n} ({unit}) со всеми отметками, есть {have}"),
    text("needs at least {n} {unit}, there is {have}", ru="нужно не меньше {n} ({unit}), есть {have}"),
    text("needs at least two trainees", ru="нужно не меньше двух слушателей"),
    text("needs at least {n} trainees with all stations", ru="нужно не меньше {n} слушателей со всеми станциями"),
    text("there are fewer than two marks", ru="меньше двух отметок"),
    text("two marks give a line without error", ru="по двум отметкам погрешность прямой не определить"),
    text("too few resamples of these trainees have a value of their own",
         ru="слишком мало повторных выборок слушателей дают значение"),
    text("not resampled", ru="повторных выборок не было"),
    # nothing to compare
    text("nobody was marked by two instructors", ru="никого не оценили два инструктора"),
    text("nobody was marked by both", ru="никого не оценили оба"),
    text("nobody was marked at this station", ru="на этой станции никого не оценили"),
    text("nobody was marked on this item", ru="по этому пункту никого не оценили"),
    text("fewer than two sheets were also marked by a colleague", ru="меньше двух листов, оценённых и коллегой"),
    text("fewer than three sheets with a time", ru="меньше трёх листов с временем"),
    text("all sheets have the same time", ru="на всех листах одно и то же время"),
    text("there are no overall ratings", ru="общих оценок нет"),
    text("no overall ratings", ru="общих оценок нет"),
    text("no overall rating by this instructor", ru="этот инструктор не ставил общих оценок"),
    text("no marks by this instructor", ru="этот инструктор не ставил отметок"),
    text("no marks", ru="отметок нет"),
    text("nobody was given the borderline grade {grade}", ru="оценку на грани ({grade}) никто не получил"),
    text("there are no scores", ru="результатов нет"),
    text("there are no {unit}", ru="нет данных: {unit}"),  # after those that say it in words of their own
    text("all marks come from one group", ru="все отметки из одной группы"),
    text("each group gave one mark only", ru="в каждой группе только одна отметка"),
    text("instructors and stations never mix: severity cannot be told from difficulty; comparable only within {groups}",
         ru="инструкторы и станции не перемешаны: строгость не отделить от трудности; сравнимы только {groups}"),
    text("the grades set the measures no limit: too few for each trainee, or too neatly sorted",
         ru="оценки не ограничивают меры: их слишком мало на слушателя или они разложены слишком ровно"),
    text("only highest grades, all of them from others with only extreme grades",
         ru="только высшие оценки, и все от тех, у кого только крайние"),
    text("only lowest grades, all of them from others with only extreme grades",
         ru="только низшие оценки, и все от тех, у кого только крайние"),
    # no spread
    text("everybody has the same total, so there is nothing to tell apart",
         ru="у всех одинаковая сумма, различать нечего"),
    text("everybody has the same total", ru="у всех одинаковая сумма"),
    text("everybody has the same total on the other items", ru="по остальным пунктам у всех одинаковая сумма"),
    text("everybody has the same score", ru="у всех одинаковый результат"),
    text("everybody got the same mark on this item", ru="по этому пункту у всех одна и та же отметка"),
    text("everybody got the same overall rating, so there is no line to draw",
         ru="у всех одна и та же общая оценка, прямую не провести"),
    text("all marks are the same", ru="все отметки одинаковы"),
    text("no spread (0/0)", ru="разброса нет (0/0)"),
    text("marks within the groups do not differ", ru="внутри групп отметки не различаются"),
    text("only one grade was ever given", ru="ставилась только одна и та же оценка"),
    text("nearly everybody got only the highest or only the lowest grade",
         ru="почти у всех только высшая или только низшая оценка"),
    text("only extreme ratings", ru="только крайние оценки"),
    text("both gave one and the same grade to everybody: they agree, but kappa is 0/0",
         ru="оба поставили всем одну и ту же оценку: согласие есть, но каппа равна 0/0"),
    text("all instructors gave everybody the same mark, so there is no disagreement to expect",
         ru="все инструкторы поставили всем одну и ту же отметку, расхождения ждать не от чего"),
    text("all instructors gave everybody the same mark", ru="все инструкторы поставили всем одну и ту же отметку"),
    text("there is only one item, so no rest to go with", ru="пункт только один, сравнить не с чем"),
    text("fewer than two items would be left", ru="осталось бы меньше двух пунктов"),
    text("the item carries no points", ru="пункт не даёт баллов"),
    text("some facets always occur together, so their shares of the spread cannot be told apart",
         ru="некоторые условия всегда встречаются вместе, их доли разброса не разделить"),
    text("the cut lies so far from the scores that everybody gets the same decision",
         ru="граница так далека от результатов, что решение у всех одно"),
    text("needs a reliability between 0 and 1", ru="нужна надёжность от 0 до 1"),
    text("the numbers are too large or too close together to calculate with",
         ru="числа слишком велики или слишком близки для расчёта"),
    text("station {station} has no cut: {why}", ru="у станции {station} нет границы: {why}"),
    text("station {station}: {why}", ru="станция {station}: {why}"),
    text("there is no reliability: {why}", ru="надёжности нет: {why}"),
    # the pass mark
    text("fixed by the course at {mark} %", ru="задан курсом: {mark} %"),
    text("set by {method} from n = {n}", ru="установлен методом «{method}», n = {n}"),
    text("{method} does not apply ({why}); the fixed {mark} % counts",
         ru="метод «{method}» неприменим ({why}); действует заданный балл {mark} %"),
    text("nothing was given to set it from", ru="исходных данных нет"),
    text("mean of the stations' pass marks, {n} of {of} set by {method}",
         ru="среднее проходных баллов станций; методом «{method}» заданы {n} из {of}"),
    text("no judge rated all items", ru="ни один эксперт не оценил все пункты"),
    text("no judge sorted the items", ru="ни один эксперт не распределил пункты"),
    text("one judge has no spread", ru="при одном эксперте разброса нет"),
    text("the fail curve passes beside the box: more than {share} % fail even at {mark} (the nearer end is {end})",
         ru="кривая проходит мимо рамки: даже при {mark} не сдают больше {share} % (ближайший край – {end})"),
    text("the fail curve passes beside the box: fewer than {share} % fail even at {mark} (the nearer end is {end})",
         ru="кривая проходит мимо рамки: даже при {mark} не сдают меньше {share} % (ближайший край – {end})"),
    # before the day
    text("there is no key", ru="ключа нет"),
    text("nobody else marked these performances", ru="эти показы больше никто не оценил"),
    text("fewer than two marks are numbers that others gave, too",
         ru="меньше двух отметок – числа, которые ставили и другие"),
    # stations
    text("negative slope: checklist and judgement contradict each other",
         ru="обратная зависимость: пункты и общая оценка противоречат друг другу"),
    text("the scores do not rise with the overall rating", ru="результат не растёт вместе с общей оценкой"),
    text("the overall rating explains {share} of the scores; half or more is usual",
         ru="общая оценка объясняет {share} разброса; обычно половину и больше"),
    text("borderline grade never given: extrapolation", ru="оценку на грани никто не получил: прямая продолжена"),
    text("cut below {mark}", ru="граница ниже {mark}"),
    text("cut above {mark}", ru="граница выше {mark}"),
    text("one grade more is worth only {n} points of 100; about 10 is usual",
         ru="оценка на балл выше даёт лишь {n} из 100; обычно около 10"),
    text("{n} of {of} marks lie under the station's own cut", ru="ниже собственной границы станции: {n} из {of}"),
    text("{share} of the spread lies between who marked; under 30% is wished for",
         ru="{share} разброса зависит от того, кто оценивал; желательно меньше 30%"),
    text("the course is more reliable without it ({a} against {b})", ru="без неё курс надёжнее ({a} против {b})"),
    text("items that go against the rest of the sheet: {items}", ru="пункты, идущие вразрез с остальными: {items}"),
    text("the items of the sheet contradict each other (alpha {a})",
         ru="пункты листа противоречат друг другу (альфа {a})"),
    # items
    text("nearly everybody gets it ({share}), so it tells nobody apart",
         ru="выполняют почти все ({share}), пункт никого не различает"),
    text("hardly anybody gets it ({share}): is it taught, is it clear?",
         ru="почти никто не выполняет ({share}): этому учат, это понятно?"),
    text("who does well on the rest does worse here (r = {r}, which may be chance): check wording and key",
         ru="кто силён в остальном, здесь слабее (r = {r}, возможно случайно): проверьте текст и ключ"),
    text("who does well on the rest does worse here (r = {r}): check wording and key",
         ru="кто силён в остальном, здесь слабее (r = {r}): проверьте текст и ключ"),
    # instructors
    text("look here: ratings about {n} lower than colleagues' for the same performance",
         ru="посмотрите: за ту же работу оценки примерно на {n} ниже, чем у коллег"),
    text("look here: ratings about {n} higher than colleagues' for the same performance",
         ru="посмотрите: за ту же работу оценки примерно на {n} выше, чем у коллег"),
    text("look here: ratings vary more than colleagues' would (infit {n})",
         ru="посмотрите: оценки колеблются больше, чем у коллег (infit {n})"),
    text("look here: ratings are all much alike (infit {n})", ru="посмотрите: оценки почти одинаковы (infit {n})"),
    text("look here: marks {n} points below the colleague's on the same performances",
         ru="посмотрите: за ту же работу на {n} из 100 ниже, чем у коллеги"),
    text("look here: marks {n} points above the colleague's on the same performances",
         ru="посмотрите: за ту же работу на {n} из 100 выше, чем у коллеги"),
    text("look here: marks fall by {n} points an hour, trainees and stations allowed for",
         ru="посмотрите: отметки снижаются на {n} из 100 в час с учётом слушателей и станций"),
    text("look here: marks rise by {n} points an hour, trainees and stations allowed for",
         ru="посмотрите: отметки растут на {n} из 100 в час с учётом слушателей и станций"),
    text("look here: {n} sheets within an hour", ru="посмотрите: листов за один час – {n}"),
    text("look here: sheets at two stations at almost the same time ({list})",
         ru="посмотрите: листы на двух станциях почти в одно время ({list})"),
)  # fmt: skip

UNITS: dict[str, Text] = {
    unit: text(unit, ru=russian)
    for units, russian in (
        (("trainee", "trainees"), "слушатели"),
        (("pair of marks", "pairs of marks", "pairs of grades and scores"), "пары отметок"),
        (("rating", "ratings"), "общие оценки"),
        (("borderline rating", "borderline ratings"), "оценки на грани"),
        (("mark", "marks"), "отметки"),
        (("judge", "judges"), "эксперты"),
        (("object", "objects"), "объекты"),
        (("verdicts",), "решения"),
        (("instructor", "instructors"), "инструкторы"),
        (("part", "parts", "station", "stations"), "станции"),
        (("item", "items"), "пункты"),
        (("borderline regression",), "регрессия по общей оценке"),
        (("borderline group",), "группа на грани"),
        (("grades",), "оценки"),
    )
    for unit in units
} | {
    name: text(english, ru=russian)
    for english, russian in (("Angoff", "Ангофф"), ("Ebel", "Эбель"), ("Hofstee", "Хофсти"))
    for name in (english, english.lower())
}


def in_language(reason: str, lang: str) -> str:
    """A reason or remark of the statistics in a language; as it stands where no sentence fits."""
    for pattern, sentence in _patterns():
        if found := pattern.fullmatch(reason):
            template = sentence[lang]
            if template == sentence["en"]:
                return reason
            values = {name: _value(name, value, lang) for name, value in found.groupdict().items()}
            return template.format_map(values)
    return reason


def method_words(method: str, lang: str) -> str:
    """What a way to set the pass mark is called."""
    return UNITS[method][lang] if method in UNITS else method


def _value(name: str, value: str, lang: str) -> str:
    if name == "why":
        return "; ".join(in_language(part, lang) for part in value.split("; "))
    if _DECIMAL.fullmatch(value):
        return value.replace(".", column_figure(Decimal(0), lang)[1])
    if name == "method":
        return ", ".join(method_words(one, lang) for one in value.split(", "))
    return UNITS[value][lang] if value in UNITS else value


@cache
def _patterns() -> list[tuple[re.Pattern[str], Text]]:
    made = []
    for sentence in REASONS:
        parts = re.split(r"\{(\w+)\}", sentence["en"])
        regex = "".join(f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
        made.append((re.compile(regex), sentence))
    return made
