"""The words that stand on printed pages whatever the scenario: every label, heading and line of furniture, once.

Places such as `{page}` are filled by the printer, with `Text.fill`. A language that is missing here is printed in the
next best one (`Text.__getitem__`), never left empty. English and Russian stand here, the others in
`fieldkit/translations/<language>/words.json`.
"""

from __future__ import annotations

from fieldkit.library.translations import use_library
from fieldkit.model.local_forms import shown_number
from fieldkit.model.texts import Text, text

use_library()  # whoever prints a word can print it in every language

WORDS: dict[str, Text] = {
    # On every page
    "training": text(
        "TRAINING - NOT A CUSTOMS DOCUMENT",
        ru="УЧЕБНЫЙ МАТЕРИАЛ - НЕ ТАМОЖЕННЫЙ ДОКУМЕНТ",
    ),
    "page": text(
        "page {page} of {pages}",
        ru="страница {page} из {pages}",
    ),
    "not_reviewed": text("translation not reviewed", ru="перевод не проверен"),
    # People and places
    "trainee": text("Trainee", ru="Слушатель"),
    "instructor": text("Instructor", ru="Инструктор"),
    "group": text("Group", ru="Группа"),
    "number": text("No. {number}", ru="№ {number}"),
    "minutes": text("{minutes} minutes", ru="{minutes} мин."),
    "scenario": text("Scenario", ru="Сценарий"),
    "slot": text("Slot {slot}", ru="Смена {slot}"),
    "rest": text("rest", ru="перерыв"),
    # Scoresheet
    "scoresheet": text("Scoresheet", ru="Оценочный лист"),
    "spare_sheet": text("Spare scoresheet", ru="Запасной оценочный лист"),
    "second_sheet": text("second instructor", ru="второй инструктор"),
    "planned": text("planned {time}", ru="по плану {time}"),
    "how_to_mark": text(
        "Mark one box in every row: a cross, a tick, or filled. "
        "To correct, scribble the wrong box out beyond its edges and mark the right one.",
        ru="В каждой строке отметьте одну клетку: крестик, галочка или закрасить. "
        "Исправление: зачеркните неверную клетку с выходом за края и отметьте верную.",
    ),
    "marked": text("marked", ru="так"),
    "leave_empty": text("leave empty", ru="не заполнять"),
    "critical": text("Critical.", ru="Критично."),
    "overall": text("Overall rating", ru="Общая оценка"),
    "overall_hint": text("Your own judgement, apart from the points.", ru="Ваше мнение, независимо от баллов."),
    "rating_1": text("fail", ru="не сдал"),
    "rating_2": text("borderline", ru="на грани"),
    "rating_3": text("pass", ru="сдал"),
    "rating_4": text("very good", ru="хорошо"),
    "rating_5": text("outstanding", ru="отлично"),
    "started": text("Started", ru="Начало"),
    "ended": text("Ended", ru="Конец"),
    "remarks": text("Remarks; why a critical item failed", ru="Замечания; почему не выполнен критический пункт"),
    "signature": text("Signature", ru="Подпись"),
    "instructor_signs": text("Instructor's signature", ru="Подпись инструктора"),
    "trainee_signs": text("Trainee's signature", ru="Подпись слушателя"),
    "goes_on": text("Continues on page {page}", ru="Продолжение на странице {page}"),
    # Trainees' brief
    "brief": text("Brief", ru="Задание"),
    "situation": text("Situation", ru="Обстановка"),
    "task": text("Your task", ru="Ваша задача"),
    "time_allowed": text("Time", ru="Время"),
    "hand_in": text("Hand in", ru="Что сдать"),
    "safety": text("Safety", ru="Безопасность"),
    # Instructor's card
    "card": text("Instructor's card", ru="Карточка инструктора"),
    "sealed": text("SEALED", ru="ЗАПЕЧАТАНО"),
    "sealed_hint": text(
        "For the instructor at this station only. Open when you set the station up; seal it again.",
        ru="Только для инструктора этой станции. Вскрыть при подготовке станции, затем снова запечатать.",
    ),
    "fold": text(
        "Fold at the lower marks, print inside; fold the top back along this line; seal the edge.",
        ru="Согнуть по нижним меткам текстом внутрь; верх отогнуть назад по этой линии; заклеить край.",
    ),
    "set_up": text("Place this", ru="Что и где разместить"),
    "key": text("Key", ru="Ключ"),
    "clean_unit": text(
        "Clean unit: nothing is planted. Every find reported is a false report.",
        ru="Чистый объект: ничего не заложено. Любая находка в докладе ложная.",
    ),
    "nothing_here": text("Nothing. Mark: {mark}.", ru="Ничего. Отметить: {mark}."),
    "decoys": text("Harmless, to be left alone", ru="Безобидное, не считается находкой"),
    "where": text("Where", ru="Где"),
    "shown_in": text("Seen in: {where}", ru="Видно в: {where}"),
    "what": text("What", ru="Что"),
    "answer": text("Right answer", ru="Верный ответ"),
    "tag": text("tag {id}", ru="метка {id}"),
    "say": text("Tell the trainee", ru="Скажите слушателю"),
    "model_answer": text("Model answer", ru="Образцовый ответ"),
    "take_away": text("Take away again", ru="Убрать после упражнения"),
    "left_empty": text(
        "This page is empty, so that all cards are equally thick.",
        ru="Эта страница пустая, чтобы все карточки были одинаковой толщины.",
    ),
    "plan": text("Plan", ru="Схема"),
    "unit": text("the unit itself", ru="сам объект"),
    # Tags, spares, documents
    "tags": text("Tags", ru="Метки"),
    "documents": text("Documents", ru="Документы"),
    "labels": text("Labels: cut out and fix to the unit", ru="Наклейки: вырезать и закрепить на объекте"),
    # Rotation and manifest
    "rotation": text("Rotation", ru="Ротация"),
    "rotation_groups": text("Who is where", ru="Кто где"),
    "rotation_instructors": text("Instructors", ru="Инструкторы"),
    "manifest": text("Manifest of issued sheets", ru="Ведомость выданных листов"),
    "manifest_hint": text(
        "Every sheet ends in one column. Count, then sign.",
        ru="У каждого листа отметьте один столбец. Пересчитайте и подпишите.",
    ),
    "sheet": text("Sheet", ru="Лист"),
    "pages_column": text("Pages", ru="Стр."),
    "returned": text("returned", ru="сдан"),
    "spare": text("spare", ru="запасной"),
    "void": text("void", ru="испорчен"),
    "sheets_issued": text("{count} sheets issued", ru="Выдано листов: {count}"),
    # The close of the day
    "closing": text("Close of the day", ru="Закрытие дня"),
    "ends_as": text("Ends as", ru="Итог"),
    "ends_scored": text("scored", ru="оценён"),
    "ends_review": text("to review", ru="на разборе"),
    "ends_missing": text("missing", ru="не сдан"),
    "ends_void": text("void", ru="испорчен"),
    "ends_spare": text("spare, unused", ru="запасной, не использован"),
    "record_code": text("Record code", ru="Код записи"),
    "record_code_hint": text(
        "This code stands for every mark recorded up to this moment. Whoever keeps this page can prove later that none "
        "of them was changed: fieldkit verify --head {code}",
        ru="Этот код отвечает за каждую отметку, записанную до этого момента. По этому листу можно доказать, что ни "
        "одна из них не изменена: fieldkit verify --head {code}",
    ),
    "date": text("Date", ru="Дата"),
    # Stickers
    "stickers": text("Personal stickers", ru="Личные наклейки"),
    "stickers_hint": text(
        "Cut out. Stick one on a spare sheet, flat and whole, and the sheet is that trainee's. Print more as needed.",
        ru="Вырежьте. Наклейте на запасной лист ровно и целиком: лист станет листом этого слушателя. Печатайте ещё.",
    ),
    "sticker_here": text("sticker here", ru="место наклейки"),
    # Self-test of printer, pen and phone
    "selftest": text("Self-test", ru="Самопроверка"),
    "selftest_how": text("Fill every row just as it says", ru="Заполните строки так, как в них сказано"),
    "selftest_next": text(
        "Print it as the sheets of the course, fill it with the pens of the day, photograph or scan it as on the day. "
        "Then type: fieldkit selftest PICTURES",
        ru="Напечатайте как листы курса, заполните ручками этого дня, сфотографируйте или отсканируйте как в этот день."
        " Затем наберите: fieldkit selftest СНИМКИ",
    ),
    "printer": text("Printer", ru="Принтер"),
    "pen": text("Pen", ru="Ручка"),
    "phone": text("Phone or scanner", ru="Телефон или сканер"),
}


def word(key: str, lang: str, **values: object) -> str:
    """A word of the catalogue in a language, its places filled in."""
    found = WORDS[key]
    values = {name: shown_number(v, lang) if isinstance(v, int) else v for name, v in values.items()}
    return (found.fill(values) if values else found)[lang]
