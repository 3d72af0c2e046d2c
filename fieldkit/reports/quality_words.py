"""Every word of the quality file, by key and language: the one place to translate, like `words`."""

from __future__ import annotations

from fieldkit.model.texts import Text, text
from fieldkit.reports.words import filled

WORDS: dict[str, Text] = {
    # figures
    "interval": text("95 %: {low} to {high}", ru="95 %: {low} – {high}"),
    "n": text("n = {n}", ru="n = {n}"),
    "of": text("{n} of {of}", ru="{n} из {of}"),
    # the top
    "quality-file": text("Quality file", ru="Качество оценки"),
    "trainees": text("{n} trainee|{n} trainees", ru="слушатели: {n}"),
    "stations": text("{n} station|{n} stations", ru="станции: {n}"),
    "instructors": text("{n} instructor|{n} instructors", ru="инструкторы: {n}"),
    "items": text("{n} item|{n} items", ru="пункты: {n}"),
    "all-sheets": text("{n} sheet|{n} sheets", ru="листы: {n}"),
    "left-out": text(
        "{n} sheet is left out: not marked in full, or waiting for a person."
        "|{n} sheets are left out: not marked in full, or waiting for a person.",
        ru="{n} лист не учтён: оценён не полностью или ждёт решения."
        "|{n} листа не учтены: оценены не полностью или ждут решения."
        "|{n} листов не учтены: оценены не полностью или ждут решения.",
    ),
    "guessed-most": text(
        "The table has no column “of” for all marks: the most that anybody got for an item counts as the most that"
        " could be had.",
        ru="В таблице не у всех отметок есть столбец «of»: наибольшая отметка по пункту принята за возможную.",
    ),
    "pooled": text("Put together: {list}.", ru="Объединены: {list}."),
    "answer-doubt": text(
        "{n} of {of} trainees lie within the error of the pass mark",
        ru="В пределах погрешности от проходного балла: {n} из {of}",
    ),
    "answer-clear": text(
        "No trainee lies within the error of the pass mark",
        ru="Никто не лежит в пределах погрешности от проходного балла"
    ),
    "answer-unknown": text(
        "There is not enough to say how sure the results are",
        ru="Судить о точности результатов не по чему",
    ),
    "to-do": text(
        "To look at: stations {stations}, items {items}, instructors {instructors}.",
        ru="Посмотреть: станции – {stations}, пункты – {items}, инструкторы – {instructors}.",
    ),
    "to-do-nothing": text("Nothing stands out in the figures.", ru="Показатели ничего особенного не выделяют."),
    "to-do-unknown": text(
        "There are too few marks to judge stations, items or instructors.",
        ru="Отметок слишком мало, чтобы судить о станциях, пунктах и инструкторах.",
    ),
    "not-linked": text(
        "The rotation falls into {n} groups that share no instructor; nothing is compared across them.",
        ru="Ротация распадается на группы ({n}) без общих инструкторов; между группами сравнений нет.",
    ),
    "group": text(
        "Group {number}: trainees {trainees}; instructors {instructors}",
        ru="Группа {number}: слушатели {trainees}; инструкторы {instructors}",
    ),
    # the pass mark
    "mark-is": text("Pass mark {mark} %: {reason}.", ru="Проходной балл {mark} %: {reason}."),
    "mark-at": text("{station}: pass mark {mark} %, {reason}.", ru="{station}: проходной балл {mark} %, {reason}."),
    "bands-doubt": text(
        "{n} of {of} could fall on the other side on another day", ru="В другой день иначе могло бы выйти у {n} из {of}"
    ),
    "bands-clear": text("Everybody is clear of the pass mark", ru="Все заметно выше или ниже проходного балла"),
    "bands-unknown": text(
        "With one station, or the same mark at all, there is no error to draw",
        ru="При одной станции или одинаковых отметках погрешность не определить",
    ),
    "bands-mean": text(
        "The square is the mean over a trainee’s stations, the line its 95 % band; the tall line is the pass mark."
        " A band that crosses it says: the mean alone does not settle it. This changes no result.",
        ru="Квадрат – среднее по станциям слушателя, линия – полоса 95 %; высокая линия – проходной балл. Если полоса"
        " её пересекает, одно среднее вопроса не решает. На результаты это не влияет.",
    ),
    "bands-others": text(
        "{n} others are clear of the pass mark and not drawn.",
        ru="Остальные ({n}) далеки от границы и не показаны.",
    ),
    "pass": text("clear pass", ru="выше"),
    "fail": text("clear fail", ru="ниже"),
    "borderline": text("in doubt", ru="под вопросом"),
    "unknown": text("error unknown", ru="погрешность неизвестна"),
    "same-again": text("The same decision on another day: {value}.", ru="То же решение в другой день: {value}."),
    # stations
    "mend-none": text("The figures name no station to mend", ru="Станций, требующих правки, не видно"),
    "mend-unknown": text("There is not enough to judge the stations", ru="О станциях судить рано"),
    "mend-is": text(
        "{n} station to look at: {first}|{n} stations to look at, first {first}",
        ru="{n} станция требует внимания: {first}|{n} станции требуют внимания, прежде всего {first}"
        "|{n} станций требуют внимания, прежде всего {first}",
    ),
    "station": text("Station", ru="Станция"),
    "sheets": text("sheets", ru="листы"),
    "mean": text("mean, %", ru="среднее, %"),
    "passed": text("passed", ru="зачтено"),
    "with-rest": text("with the rest", ru="с остальными"),
    "explained": text("rating explains", ru="объяснено"),
    "between": text("who marked", ru="кто оценивал"),
    "why": text("What to look at", ru="На что смотреть"),
    "nothing": text("nothing stands out", ru="ничего особенного"),
    "dash-means": text("A dash: {reasons}.", ru="Тире: {reasons}."),
    "stations-mean": text(
        "With the rest: correlation of the station with the sum of the others. Rating explains: share of the spread of"
        " points that the overall rating explains. Who marked: share of the spread that lies between instructors.",
        ru="С остальными: корреляция станции с суммой других. Объяснено: доля разброса баллов, объяснённая общей"
        " оценкой. Кто оценивал: доля разброса между инструкторами.",
    ),
    # items
    "items-none": text("The figures name no item to look at", ru="Пунктов, требующих внимания, не видно"),
    "items-unknown": text("There is not enough to judge the items", ru="О пунктах судить рано"),
    "items-are": text("{n} of {of} items to look at", ru="Пункты, требующие внимания: {n} из {of}"),
    "item": text("Item", ru="Пункт"),
    "too-easy": text(
        "Nearly everybody gets these, so they tell nobody apart (a critical item may still be right to keep).",
        ru="Это выполняют почти все, такие пункты никого не различают (критический пункт можно оставить).",
    ),
    "too-hard": text(
        "Hardly anybody gets these: are they taught, are they clear?",
        ru="Это почти никто не выполняет: этому учат, это понятно?",
    ),
    "more-items": text("and {n} more, in the data (--json).", ru="и ещё {n}, см. данные (--json)."),
    # instructors
    "look-none": text("Nothing stands out among the instructors", ru="Среди инструкторов ничего не выделяется"),
    "look-unknown": text("The instructors cannot be compared", ru="Инструкторов сравнить нельзя"),
    "look-is": text(
        "{n} instructor to talk with|{n} instructors to talk with",
        ru="Поговорить с {n} инструктором|Поговорить с {n} инструкторами|Поговорить с {n} инструкторами",
    ),
    "look-means": text(
        "These lines say where to look. They accuse nobody, and no mark is changed by them.",
        ru="Эти строки говорят, куда посмотреть. Они никого не обвиняют и не меняют ни одной отметки.",
    ),
    "instructor": text("Instructor", ru="Инструктор"),
    "severity": text("strictness", ru="строгость"),
    "lenient": text("more lenient", ru="мягче"),
    "strict": text("stricter", ru="строже"),
    "fair": text("fair average", ru="при равной работе"),
    "busiest": text("most in an hour", ru="макс. за час"),
    "severity-means": text(
        "Strictness comes from the overall ratings (many-facet model): the square is the estimate, the line its 95 %"
        " interval. Fair average: the rating that an average performance would get from this instructor.",
        ru="Строгость – по общим оценкам (многофасетная модель): квадрат – оценка, линия – интервал 95 %. При равной"
        " работе: какую общую оценку средняя работа получила бы у этого инструктора.",
    ),
    "no-severity": text("Strictness is not given: {reason}.", ru="Строгость не определена: {reason}."),
    "agreement": text(
        "Sheets marked by two: the same overall rating {exact}; at most one apart {near}.",
        ru="Листы, оценённые двумя: общая оценка совпала {exact}; разница не больше одного балла {near}.",
    ),
    "kappa": text(
        "Agreement beyond chance: weighted kappa: {kappa}; Krippendorff’s alpha: {alpha}; percentages (ICC): {icc}.",
        ru="Согласие сверх случайного: взвешенная каппа: {kappa}; альфа Криппендорфа: {alpha}; проценты (ICC): {icc}.",
    ),
    # reliability
    "hold-is": text("How far the result holds: Phi {phi}", ru="Насколько надёжен результат: Фи {phi}"),
    "hold-unknown": text("How far the result holds cannot be said yet", ru="О надёжности результата судить рано"),
    "figure": text("Figure", ru="Показатель"),
    "value": text("Value", ru="Значение"),
    "says": text("What it says", ru="О чём говорит"),
    "phi": text("Phi, dependability", ru="Фи, надёжность решения"),
    "phi-says": text("how far a mean would hold against a pass mark with other stations and instructors",
                     ru="насколько среднее устояло бы против проходного балла при других станциях и инструкторах"),
    "g": text("G, generalizability", ru="G, обобщаемость"),
    "g-says": text("the same for the order of the trainees", ru="то же для порядка слушателей"),
    "alpha": text("Cronbach’s alpha", ru="альфа Кронбаха"),
    "alpha-says": text("how far the stations agree with each other", ru="насколько станции согласны между собой"),
    "sem": text("error of a mean, points of 100", ru="погрешность среднего, из 100"),
    "sem-says": text("absolute standard error; the bands are 1.96 times as wide on each side",
                     ru="абсолютная стандартная ошибка; полосы шире в 1,96 раза в каждую сторону"),
    "curve-is": text(
        "With {stations} stations instead of {now}, Phi would be {value} instead of {was}",
        ru="При {stations} станциях вместо {now} Фи была бы {value} вместо {was}",
    ),
    "curve-plain": text("What more stations would buy", ru="Что дали бы ещё станции"),
    "stations-axis": text("stations", ru="станции"),
    "raters": text("{n} instructor|{n} instructors", ru="{n} инструктор|{n} инструктора|{n} инструкторов"),
    "curve-means": text(
        "Reckoned for a rotation like this one: instructors meet trainees as they did here, with other numbers of"
        " stations, or of instructors at each. The large square is the course as it was. Design: {design}.",
        ru="Расчёт для такой же ротации: инструкторы встречаются со слушателями так же, как здесь, при другом числе"
        " станций или инструкторов на станции. Большой квадрат – курс, каким он был. План: {design}.",
    ),
    "as-now": text("as now", ru="как сейчас"),
    "curve-means-stations": text(
        "The large square is the course as it was. Design: {design}.",
        ru="Большой квадрат – курс, каким он был. План: {design}.",
    ),
    # cuts
    "cuts": text("Where each method would put the pass mark", ru="Какой проходной балл дал бы каждый метод"),
    "cuts-are": text(
        "The course’s pass mark is {mark} %; {method} would put it at {cut} %",
        ru="Проходной балл курса {mark} %; {method} дала бы {cut} %",
    ),
    "method": text("Method", ru="Метод"),
    "cut": text("mark ± error, %", ru="балл ± ошибка, %"),
    "cut-interval": text("95 %", ru="95 %"),
    "remark": text("Remark", ru="Замечание"),
    "whole-course": text("Course", ru="Курс"),
    # method
    "how": text("How to read this", ru="Как это читать"),
    "how-n": text(
        "Few people take a course. Every figure knows how many it rests on; below its least number there are counts, an"
        " interval, or the words “not enough data”. An interval of 95 % holds the true figure in 19 of 20 courses like"
        " this one. Where {samples} resamples are named, trainees were drawn again at random, with a fixed seed.",
        ru="В курсе немного людей. Каждый показатель знает, на скольких он основан; если их мало, даны числа, интервал"
        " или слова «мало данных». Интервал 95 % накрывает истинное значение в 19 из 20 таких курсов. Интервалы"
        " получены повторной выборкой слушателей ({samples} раз) с постоянным начальным числом.",
    ),
    "how-result": text(
        "Nothing here changes a result: results come from the marks and the course’s rules alone. Only first attempts"
        " are looked at; sheets marked twice count with both instructors.",
        ru="Ничто здесь не меняет результатов: они следуют только из отметок и правил курса. Учтены только первые"
        " попытки; листы, оценённые дважды, учтены с обоими инструкторами.",
    ),
    "how-error": text(
        "The error of a mean comes from generalizability theory: it holds what would differ with other stations and"
        " other instructors. With too few trainees each one’s own stations give it.",
        ru="Погрешность среднего – по теории обобщаемости: в ней то, что изменилось бы при других станциях и"
        " инструкторах. Если слушателей мало, её дают собственные станции каждого.",
    ),
}  # fmt: skip

DESIGNS: dict[str, Text] = {
    "trainees by stations": text("trainees by stations", ru="слушатели × станции"),
    "trainees by stations by instructors, all crossed": text(
        "trainees by stations by instructors, all crossed", ru="слушатели × станции × инструкторы, все сочетания"
    ),
    "trainees by stations by instructors, with gaps": text(
        "trainees by stations by instructors, with gaps", ru="слушатели × станции × инструкторы, с пропусками"
    ),
    "instructors within stations, trainees by stations": text(
        "instructors within stations, trainees by stations", ru="инструкторы внутри станций, слушатели × станции"
    ),
    "trainees, stations, instructors, each sheet marked once": text(
        "trainees, stations, instructors, each sheet marked once",
        ru="слушатели, станции, инструкторы; каждый лист оценён один раз",
    ),
}


def say(key: str, lang: str, **values: object) -> str:
    """The words of `key` in `lang`, with `values` put in their places; `n` picks the plural form."""
    return filled(WORDS[key][lang], values)


def design_words(design: str, lang: str) -> str:
    """The name of a design of the reliability study."""
    return DESIGNS[design][lang] if design in DESIGNS else design
