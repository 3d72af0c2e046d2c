"""Every word that reports print, by key and language: the one place to translate.

A word that counts has its plural forms side by side, parted by `|`: one form says it for every number, two forms are
for one and for more, three are those of Russian (1, 21 лист; 2, 3, 4 листа; 5 to 20 листов).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from fieldkit.model.local_forms import shown_number
from fieldkit.model.scenario import COMPETENCIES
from fieldkit.model.texts import Text, text
from fieldkit.paper.text import isolate
from fieldkit.paper.words import word

WORDS: dict[str, Text] = {
    # what the paper is
    "trainee-report": text("Evaluation report", ru="Отчёт об оценке"),
    "station-report": text("Station report", ru="Отчёт по станции"),
    "course-report": text("Course report", ru="Отчёт о курсе"),
    "made": text("made {date}", ru="составлен {date}"),
    "record": text("record {head}", ru="запись {head}"),
    "continued": text("{title} (continued)", ru="{title} (продолжение)"),
    "number": text("No. {number}", ru="№ {number}"),
    "fathers-name": text("father’s name {name}", ru="отчество (имя отца) {name}"),
    # an appeal
    "appeal-report": text("Marks and their history", ru="Отметки и их история"),
    "appeal-how": text(
        "Every item with its row as it was photographed, where there is a picture, and all marks ever given to it. "
        "Marks in bold stand; grey ones were replaced and are kept.",
        ru="Каждый пункт со снимком строки, если снимок есть, и всеми отметками, которые когда-либо были поставлены. "
        "Жирные отметки действуют; серые заменены и сохранены.",
    ),
    "sheet-id": text("sheet {id}", ru="лист {id}"),
    "attempt": text("attempt {n}", ru="попытка {n}"),
    "sheet-void": text("This sheet is void: {why}", ru="Лист недействителен: {why}"),
    "replaced": text("replaced", ru="заменена"),
    "by": text("by {name}", ru="поставил(а) {name}"),
    "because": text("reason: {why}", ru="причина: {why}"),
    "channel-typed": text("typed", ru="введена с клавиатуры"),
    "channel-scanned": text("read from a picture", ru="прочитана со снимка"),
    "channel-phone": text("marked on a phone", ru="поставлена на телефоне"),
    "channel-imported": text("imported", ru="импортирована"),
    "channel-agreed": text("agreed", ru="согласована"),
    # what fieldkit itself writes into the record as a reason; it stands there in English
    "own-settled-from-the-picture": text("settled from the picture", ru="решено по снимку"),
    "own-another-picture-of-the-same-sheet": text(
        "another picture of the same sheet", ru="ещё один снимок того же листа"
    ),
    # verdicts
    "passed": text("Passed", ru="Зачтено"),
    "not-passed": text("Not passed", ru="Не зачтено"),
    "undecided": text("Not decided yet", ru="Пока не решено"),
    "open": text("Open", ru="Не решено"),
    "still-open": text(
        "{n} station still open|{n} stations still open",
        ru="{n} станция ещё не закрыта|{n} станции ещё не закрыты|{n} станций ещё не закрыты",
    ),
    "colon": text("{a}: {b}"),
    "of-needed": text(
        "{n} of {of} stations passed; {needed} needed.", ru="Зачтено станций: {n} из {of}; нужно: {needed}."
    ),
    "of-all-needed": text(
        "{n} of {of} stations passed; all are needed.", ru="Зачтено станций: {n} из {of}; нужны все."
    ),
    "no-stations": text("No station has been taken yet.", ru="Ни одна станция ещё не пройдена."),
    "why-no-sheet": text("no sheet", ru="нет листа"),
    "why-nothing-counts": text("no item applies", ru="ни один пункт не засчитывается"),
    "why-issued": text("not marked yet", ru="ещё не оценено"),
    "why-partly": text("marked in part", ru="оценено частично"),
    "why-review": text("waits for a decision", ru="ждёт решения"),
    # the trainee's first page
    "lowest": text("Lowest result: {station}, {percent}", ru="Самый низкий результат: {station}, {percent}"),
    "critical-item": text("critical item", ru="критический пункт"),
    "by-whom": text("{what} ({name})"),
    "pass-mark": text("pass mark {percent}", ru="проходной балл {percent}"),
    "rating-head": text("overall rating", ru="общая оценка"),
    "critical-failed": text("Critical item failed: {item}", ru="Критический пункт не выполнен: {item}"),
    "more-critical": text(
        "and {n} more critical item failed|and {n} more critical items failed",
        ru="и ещё {n} критический пункт|и ещё {n} критических пункта|и ещё {n} критических пунктов",
    ),
    "marked-twice": text("Marked twice: {scores}. {rule}", ru="Оценено дважды: {scores}. {rule}"),
    "one-score": text("{percent} by {name}", ru="{percent} – {name}"),
    "double-first": text("The first counts.", ru="Засчитан первый лист."),
    "double-mean": text("The mean counts.", ru="Засчитано среднее."),
    "double-agreed": text("Both must agree.", ru="Отметки должны совпадать."),
    "well": text("Done well", ru="Сделано хорошо"),
    "to-work-on": text("To work on", ru="Над чем работать"),
    "no-well": text("No item has earned all its points yet.", ru="Пока ни один пункт не выполнен полностью."),
    "no-work-on": text("No points were lost.", ru="Баллы не потеряны."),
    "nothing-scored": text("Nothing has been scored yet.", ru="Пока ничего не оценено."),
    "critical": text("critical", ru="критический"),
    "critical-mark": text("Critical.", ru="Критический."),
    "points-of": text(
        "{points} of {of} point|{points} of {of} points",
        ru="{points} из {of} балла|{points} из {of} баллов|{points} из {of} баллов",
    ),
    "competencies": text("Points by competency", ru="Баллы по умениям"),
    "remarks": text("Instructors’ remarks", ru="Замечания инструкторов"),
    "remark": text("Remarks", ru="Замечания"),
    "no-remarks": text("None were written.", ru="Замечаний нет."),
    "remarks-go-on": text("In full beside the items.", ru="Полностью – рядом с пунктами."),
    "signature": text("Signature and date", ru="Подпись и дата"),
    "sign-trainee": text("Trainee", ru="Слушатель"),
    "sign-instructor": text("Instructor", ru="Инструктор"),
    "sign-lead": text("Head of the course", ru="Руководитель курса"),
    "sign-director": text("Head of the centre", ru="Руководитель центра"),
    # item by item
    "item-by-item": text("Item by item", ru="По пунктам"),
    "instructor": text("Instructor {name}", ru="Инструктор {name}"),
    "times": text("{start} to {end}", ru="{start} – {end}"),
    "rating-is": text("overall rating {rating}", ru="общая оценка {rating}"),
    "find": text("Finding {label}: {what}", ru="Находка {label}: {what}"),
    "find-any": text("Finding {label}, whatever was planted", ru="Находка {label}, что бы ни было заложено"),
    "image": text("Image {label}: {what}", ru="Снимок {label}: {what}"),
    "image-any": text("Image {label}, whatever was in it", ru="Снимок {label}, что бы на нём ни было"),
    "image-sound": text("Image {label}: nothing to report", ru="Снимок {label}: докладывать не о чем"),
    "nothing-there": text("Finding {label}: nothing was planted", ru="Находка {label}: ничего не заложено"),
    "reason": text("Reason.", ru="Причина."),
    "not-marked": text("not marked", ru="нет отметки"),
    "differ": text("{marks}: waits for a decision", ru="{marks}: ждёт решения"),
    "or-between": text("or", ru="или"),
    "corrected": text(
        "corrected: was “{was}”, by {by}, {when}",
        ru="исправлено: было «{was}», {by}, {when}",
    ),
    "corrected-why": text(
        "corrected: was “{was}”, by {by}, {when}: {why}",
        ru="исправлено: было «{was}», {by}, {when}: {why}",
    ),
    "how-chosen": text(
        "How the lists on the first page are chosen. Done well: items that earned all their points, critical ones"
        " first, then those that the fewest others managed. To work on: failed critical items first, then the items"
        " that lost the most points.",
        ru="Как выбраны пункты на первой странице. Сделано хорошо: пункты с полным баллом, сначала критические,"
        " затем те, что удались немногим. Над чем работать: сначала не выполненные критические пункты, затем те, на"
        " которых потеряно больше всего баллов.",
    ),
    # stations
    "passed-of": text("{n} of {of} passed", ru="Зачтено: {n} из {of}"),
    "not-passed-critical": text(
        "{n} not passed; a critical item was failed by {critical} of them.",
        ru="Не зачтено: {n}, из них с критическим пунктом: {critical}.",
    ),
    "results-open": text(
        "{n} result is still open.|{n} results are still open.",
        ru="{n} результат ещё не решён.|{n} результата ещё не решены.|{n} результатов ещё не решены.",
    ),
    "everybody": text("Everybody", ru="Все"),
    "results-one": text("Result: {percent}", ru="Результат: {percent}"),
    "results-between": text("Results from {low} to {high}", ru="Результаты от {low} до {high}"),
    "dots-mean": text(
        "Each dot is one sheet on a line from 0 to 100 %: filled, passed; open, not passed. The tall line is the pass"
        " mark. From five sheets on, the bar below holds the middle half of them, the notch is the median.",
        ru="Каждая точка – один лист на линии от 0 до 100 %: закрашенная – зачтено, пустая – не зачтено. Высокая черта"
        " – проходной балл. При пяти листах и более полоса внизу – средняя половина, засечка – медиана.",
    ),
    "none-scored": text("Not scored yet", ru="Ещё не оценено"),
    "results-spread": text(
        "Results from {low} to {high}, half of them at {median} or more",
        ru="Результаты от {low} до {high}, у половины – {median} и выше",
    ),
    "ratings": text("Overall ratings", ru="Общие оценки"),
    "ratings-most": text(
        "Overall rating given most often: {rating} ({n} of {of})", ru="Чаще всего общая оценка: {rating} ({n} из {of})"
    ),
    "by-instructor": text("By instructor", ru="По инструкторам"),
    "by-exercise": text("By exercise", ru="По упражнениям"),
    "group-head": text("Group", ru="Группа"),
    "planted-head": text("What was planted", ru="Что было заложено"),
    "percent": text("%", ru="%"),
    "clean-unit": text("clean unit, nothing planted", ru="чистый объект, ничего не заложено"),
    "found": text("Found", ru="Найдено"),
    "false-report": text("False reports", ru="Ложных"),
    "how-marked": text("How each item was marked", ru="Как отмечен каждый пункт"),
    "hardest-is": text(
        "Hardest item: {n} of {of} earned all points", ru="Самый трудный пункт: полный балл у {n} из {of}"
    ),
    "nothing-hard": text("Every item earned all its points", ru="По всем пунктам – полный балл"),
    "full-of": text("{n} of {of}", ru="{n} из {of}"),
    "everyone": text("Everyone at this station", ru="Все на этой станции"),
    "trainee": text("Trainee", ru="Слушатель"),
    "verdict": text("Verdict", ru="Итог"),
    "failed-critical": text("Critical items failed", ru="Не выполнены критические пункты"),
    # the course
    "course-passed": text("{n} of {of} trainees passed", ru="Сдало слушателей: {n} из {of}"),
    "no-trainees": text("No trainee is on the list yet", ru="В списке пока нет слушателей"),
    "not-passed-n": text("{n} not passed.", ru="Не зачтено: {n}."),
    "undecided-n": text("{n} not decided yet.", ru="Не решено: {n}."),
    "cells-mean": text(
        "Percent of the points at each station. A cross: not passed, by points or by a critical item. A circle: not"
        " decided yet.",
        ru="Процент баллов на каждой станции. Крестик: не зачтено, по баллам или по критическому пункту. Кружок: пока"
        " не решено.",
    ),
    "name": text("Name", ru="Имя"),
    "rank-unit": text("Rank, unit", ru="Звание, подразделение"),
    "number-head": text("Number", ru="Номер"),
    "station": text("Station", ru="Станция"),
    "reason-head": text("Critical item and reason", ru="Критический пункт и причина"),
    "instructor-head": text("Instructor", ru="Инструктор"),
    "what-open": text("What is open", ru="Что не решено"),
    "point-head": text("Inspection point", ru="Точка осмотра"),
    "interval-head": text("95 % interval", ru="95 % интервал"),
    "sensitivity-head": text("d′ (95 %)", ru="d′ (95 %)"),
    "finds-interval": text("95 % interval: {interval}.", ru="95 % интервал: {interval}."),
    "finds-apart": text(
        "d′ {value}: how well what was planted was told from what was sound (0 is guessing, 2 is good).",
        ru="d′ {value}: насколько заложенное отличали от исправного (0 — наугад, 2 — хорошо).",
    ),
    "find-kind": text("Kind of find", ru="Вид находки"),
    "found-helped": text("With help", ru="С помощью"),
    "finds-clean": text("On clean units: {n} of {of}.", ru="На чистых объектах: {n} из {of}."),
    "find-item": text(
        "{item} ({station}): {n} of {of} earned all points", ru="{item} ({station}): полный балл у {n} из {of}"
    ),
    "critical-most": text(
        "Critical item failed most often: {item} ({n} of {of})",
        ru="Чаще всего не выполнен критический пункт: {item} ({n} из {of})",
    ),
    "hardest-station": text(
        "{station} was hardest: {passed} of {of} passed", ru="Труднее всего: {station}, зачтено {passed} из {of}"
    ),
    "hardest-stations": text(
        "{station} and {more} more were hardest: {passed} of {of} passed",
        ru="Труднее всего: {station} и ещё {more}, зачтено {passed} из {of}",
    ),
    "all-passed-all": text("Every station was passed by all who took it", ru="Все станции зачтены всем, кто их прошёл"),
    "no-station-scored": text("No station is scored yet", ru="Ни одна станция ещё не оценена"),
    "pass-list": text("Passed: {n}", ru="Зачтено: {n}"),
    "fail-list": text("Not passed: {n}", ru="Не зачтено: {n}"),
    "open-list": text("Not decided yet: {n}", ru="Пока не решено: {n}"),
    "nobody": text("Nobody", ru="Никто"),
    "critical-list": text(
        "{n} critical failure|{n} critical failures",
        ru="{n} критическая ошибка|{n} критические ошибки|{n} критических ошибок",
    ),
    "no-critical": text("No critical item was failed", ru="Критические пункты выполнены всеми"),
    "no-reason": text("no reason was written", ru="причина не указана"),
    "open-sheets": text(
        "{n} sheet still open|{n} sheets still open",
        ru="{n} лист ещё открыт|{n} листа ещё открыты|{n} листов ещё открыты",
    ),
    "no-open-sheets": text("No sheet is open", ru="Открытых листов нет"),
    "finds-were": text("{n} of {of} finds were found", ru="Найдено: {n} из {of}"),
    "finds-false": text("False reports: {n} of {of} chances.", ru="Ложных сообщений: {n} из {of} возможных."),
    "next-time": text("What to change next time", ru="Что изменить в следующий раз"),
    "finding": text("Finding", ru="Наблюдение"),
    "action": text("Action", ru="Действие"),
    "who-when": text("Who, by when", ru="Кто и когда"),
    "method": text("How results come about", ru="Как получены результаты"),
    "method-points": text(
        "Each item is marked by an instructor who saw it done. A mark earns all, part or none of the item’s points; a"
        " mark such as “not applicable” takes the item out of the count. The percentage is points earned out of points"
        " that could be earned; it is exact, and rounded only to be shown.",
        ru="Каждый пункт отмечает инструктор, который видел его выполнение. Отметка даёт все баллы пункта, часть или ни"
        " одного; отметка вроде «неприменимо» выводит пункт из подсчёта. Процент – это набранные баллы от возможных; он"
        " считается точно и округляется только при показе.",
    ),
    "method-pass": text(
        "A station is passed with {percent} or more and no critical item failed. Failing a critical item fails the"
        " station whatever the points, and its reason is written down.",
        ru="Станция зачтена при {percent} и выше, если выполнены все критические пункты. Невыполненный критический"
        " пункт – станция не зачтена при любых баллах; причина записывается.",
    ),
    "method-pass-other": text("Other pass marks: {list}.", ru="Другие проходные баллы: {list}."),
    "method-standard": text(
        "The course has its pass marks set from the overall ratings; where they do not suffice, the fixed one counts.",
        ru="Проходные баллы курса установлены по общим оценкам; где их не хватает, действует заданный балл.",
    ),
    "method-standard-at": text("{station}: {percent}, {reason}.", ru="{station}: {percent}, {reason}."),
    "method-all": text(
        "To pass the course, every station has to be passed.", ru="Курс зачтён, если зачтены все станции."
    ),
    "method-some": text(
        "To pass the course, {n} station has to be passed.|To pass the course, {n} stations have to be passed.",
        ru="Курс зачтён, если зачтена {n} станция.|Курс зачтён, если зачтены {n} станции."
        "|Курс зачтён, если зачтено {n} станций.",
    ),
    "method-double-none": text("No sheet was marked twice.", ru="Двойной оценки не было."),
    "method-double-first": text(
        "{n} of the stations taken were marked by two instructors; the first sheet counts, the second is"
        " for comparison.",
        ru="Двумя инструкторами оценено: {n}; засчитан первый лист, второй – для сравнения.",
    ),
    "method-double-mean": text(
        "{n} of the stations taken were marked by two instructors; the mean of both sheets counts.",
        ru="Двумя инструкторами оценено: {n}; засчитано среднее двух листов.",
    ),
    "method-double-agreed": text(
        "{n} of the stations taken were marked by two instructors, who had to agree on every mark.",
        ru="Двумя инструкторами оценено: {n}; все отметки должны совпасть.",
    ),
    "method-retakes": text(
        "{n} retake is allowed.|{n} retakes are allowed.",
        ru="Разрешена {n} пересдача.|Разрешены {n} пересдачи.|Разрешено {n} пересдач.",
    ),
    "method-no-retakes": text("Retakes are not allowed.", ru="Пересдачи не предусмотрены."),
    "method-rating": text(
        "The overall rating from 1 to 5 is the instructor’s impression; it does not enter the arithmetic.",
        ru="Общая оценка от 1 до 5 – впечатление инструктора; в подсчёт она не входит.",
    ),
    "method-small": text(
        "Few people take a course: results are shown as counts and single dots, and differences of one or two say"
        " little.",
        ru="В курсе немного людей: результаты показаны числом и точками, разница в один-два случая мало что значит.",
    ),
}


def say(key: str, lang: str, **values: object) -> str:
    """The words of `key` in `lang`, with `values` put in their places; `n` picks the plural form.

    What is put in is kept apart from the direction of the sentence.
    """
    shown = {n: shown_number(v, lang) if isinstance(v, int | Decimal) else v for n, v in values.items()}
    return filled(WORDS[key][lang], {name: isolate(value) for name, value in shown.items()}, values.get("n"))


def filled(words: str, values: Mapping[str, object], n: object = None) -> str:
    """A sentence with `values` in their places; of several forms the one for `n`, else for the value called so."""
    if "|" in words:
        words = _plural(words.split("|"), values["n"] if n is None else n)
    return words.format_map(values) if values else words


def _plural(forms: list[str], n: object) -> str:
    """The form for `n`; their number says which rule they follow. A part of a thing takes the second form of three."""
    if not isinstance(n, int):
        return forms[1]
    if len(forms) == 2:
        return forms[n != 1]
    if n % 10 == 1 and n % 100 != 11:
        return forms[0]
    return forms[1] if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else forms[2]


def rating_words(rating: int | None, lang: str) -> str:
    """The overall rating as number and word, or nothing."""
    return f"{rating} {word(f'rating_{rating}', lang)}" if rating else ""


def dotted(parts: Iterable[str]) -> str:
    """Parts of a line with dots between them; it breaks after a dot only, and empty parts are left out."""
    return "\u00a0· ".join(part.replace(" ", "\u00a0") if len(part) <= 24 else part for part in parts if part)


def plural_count(value: Decimal) -> int | Decimal:
    """A number as the rule for plurals wants it: whole where it is whole."""
    return int(value) if value == int(value) else value


def verdict_words(passed: bool | None, lang: str) -> str:
    """Passed, not passed, or not decided yet."""
    return say({True: "passed", False: "not-passed", None: "undecided"}[passed], lang)


def why_words(why: str, lang: str) -> str:
    """Why a sheet or a station has no verdict."""
    return say("why-" + why.replace(" ", "-"), lang)


def reason_words(why: str, lang: str) -> str:
    """Why a mark was given: what fieldkit wrote in the language of the page, what a person wrote as it is."""
    own = f"own-{why.replace(' ', '-')}"
    return say(own, lang) if own in WORDS else why


def competency_name(competency: str, lang: str) -> str:
    """How a competency is called; one that has no name is shown by its id."""
    return COMPETENCIES[competency][lang] if competency in COMPETENCIES else competency.replace("-", " ").capitalize()
