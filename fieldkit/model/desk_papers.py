"""Mock papers of the desk subjects: custody of a find, field test, information, risk tables, scanner images.

The last ones are forms that the trainee fills in by hand.
"""

from __future__ import annotations

from fieldkit.model.paper_form import DocumentForm, form_fields
from fieldkit.model.texts import text

_EXHIBIT_NUMBER = text("Exhibit No.", ru="Вещ. доказательство №")
_EXHIBIT = text("Exhibit", ru="Что изъято")
_EXHIBIT_GROSS = text("Gross weight, g", ru="Масса брутто, г")
_BAG_SEAL = text("Bag seal No.", ru="Пломба пакета №")
_FOUND_ON = text("Found on, at", ru="Обнаружено (дата, время)")
_FOUND_BY = text("Found by", ru="Кем обнаружено")
_KIT_LOT = text("Lot No.", ru="Серия №")
_LINE = text("No.", ru="№")

DESK_FORMS: dict[str, DocumentForm] = {
    "find-record": DocumentForm(
        text("Record of a find (protocol)", ru="Протокол обнаружения"),
        form_fields(
            ("record_number", "", text("Record No.", ru="Протокол №")),
            ("found_on", "", _FOUND_ON),
            ("found_at", "", text("Place", ru="Место")),
            ("found_by", "", _FOUND_BY),
            ("exhibit_number", "", _EXHIBIT_NUMBER),
            ("exhibit", "", _EXHIBIT),
            ("exhibit_gross_g", "", _EXHIBIT_GROSS),
            ("bag_seal", "", _BAG_SEAL),
            ("language_used", "", text("Language of the person", ru="Язык лица")),
            ("interpreter", "", text("Interpreter", ru="Переводчик")),
            ("witness_one", "", text("Attesting witness 1", ru="Понятой 1")),
            ("witness_two", "", text("Attesting witness 2", ru="Понятой 2")),
            ("rights_signature", "", text("Rights explained: signature", ru="Права разъяснены: подпись")),
            ("officer_signature", "", text("Officer: signature", ru="Инспектор: подпись")),
            ("copy_signature", "", text("Copy received: signature", ru="Копия получена: подпись")),
        ),
        needs="custody",
    ),
    "custody-form": DocumentForm(
        text("Custody form (chain of custody)", ru="Карта хранения и передачи доказательства"),
        form_fields(
            ("exhibit_number", "", _EXHIBIT_NUMBER),
            ("exhibit", "", _EXHIBIT),
            ("exhibit_gross_g", "", _EXHIBIT_GROSS),
            ("bag_seal", "", _BAG_SEAL),
            ("found_on", "", _FOUND_ON),
            ("found_by", "", _FOUND_BY),
        ),
        form_fields(
            ("moved_on", "", text("Date, time", ru="Дата, время")),
            ("handed_by", "", text("From", ru="Сдал")),
            ("giver_signed", "", text("Signed", ru="Подпись")),
            ("received_by", "", text("To", ru="Принял")),
            ("taker_signed", "", text("Signed", ru="Подпись")),
            ("purpose", "", text("Purpose", ru="Цель")),
            ("seal_then", "", text("Bag seal", ru="Пломба")),
        ),
        needs="custody",
        rows="transfers",
    ),
    "lab-request": DocumentForm(
        text("Request to the laboratory", ru="Направление в лабораторию"),
        form_fields(
            ("request_number", "", text("Request No.", ru="Направление №")),
            ("exhibit_number", "", _EXHIBIT_NUMBER),
            ("exhibit", "", _EXHIBIT),
            ("exhibit_gross_g", "", _EXHIBIT_GROSS),
            ("bag_seal", "", _BAG_SEAL),
            ("requested_on", "", text("Date", ru="Дата")),
            ("question", "", text("Question", ru="Вопрос")),
            ("officer_signature", "", text("Officer: signature", ru="Инспектор: подпись")),
        ),
        needs="custody",
    ),
    "test-kit": DocumentForm(
        text("Field test kit", ru="Набор для экспресс-теста"),
        form_fields(
            ("kit_name", "", text("Test", ru="Тест")),
            ("kit_lot", "", _KIT_LOT),
            ("kit_until", "", text("Use before", ru="Годен до")),
            ("read_window", "", text("Read after, s", ru="Считать через, с")),
        ),
        label=True,
        needs="field-test",
    ),
    "test-record": DocumentForm(
        text("Record of a field test", ru="Запись об экспресс-тесте"),
        form_fields(
            ("exhibit_number", "", _EXHIBIT_NUMBER),
            ("tested_on", "", text("Date, time", ru="Дата, время")),
            ("kit_name", "", text("Test", ru="Тест")),
            ("kit_lot", "", _KIT_LOT),
            ("read_after_s", "", text("Read after, s", ru="Считано через, с")),
            ("test_result", "", text("Result", ru="Результат")),
            ("tester", "", text("Operator", ru="Проводил")),
            ("test_witness", "", text("Second officer", ru="Второй сотрудник")),
            ("operator_signature", "", text("Operator: signature", ru="Проводивший: подпись")),
        ),
        needs="field-test",
    ),
    "meter-log": DocumentForm(
        text("Log of the density meter", ru="Журнал плотномера"),
        form_fields(
            ("meter_number", "", text("Instrument No.", ru="Прибор №")),
            ("meter_until", "", text("Calibrated until", ru="Поверен до")),
            ("self_test", "", text("Self-test", ru="Самопроверка")),
            ("trailer_plate", "", text("Vehicle", ru="Машина")),
        ),
        form_fields(
            ("reading_line", "", _LINE),
            ("part", "", text("Part", ru="Деталь")),
            ("reference", "", text("Reference", ru="Эталон")),
            ("reading", "", text("Reading", ru="Показание")),
        ),
        needs="meter",
        rows="readings",
    ),
    "raw-information": DocumentForm(
        text("Information as it came in", ru="Поступившие сведения"),
        form_fields(
            ("report_number", "", text("File No.", ru="Дело №")),
        ),
        form_fields(
            ("line", "", _LINE),
            ("received_on", "", text("Received", ru="Получено")),
            ("source_history", "", text("About the source", ru="Об источнике")),
            ("how_known", "", text("About the information", ru="О сведениях")),
            ("told", "", text("What was said", ru="Что сообщено")),
        ),
        needs="reports",
        rows="raw",
    ),
    "information-report": DocumentForm(
        text("Information report", ru="Информационный рапорт"),
        form_fields(
            ("report_number", "", text("File No.", ru="Дело №")),
            ("scheme", "", text("Grading scheme", ru="Система оценки")),
            ("report_on", "", text("Date, time", ru="Дата, время")),
            ("reporter", "", text("Reporter", ru="Составил")),
        ),
        form_fields(
            ("line", "", _LINE),
            ("source_grade", "", text("Source", ru="Источник")),
            ("information_grade", "", text("Information", ru="Сведения")),
            ("handling", "", text("Handling", ru="Обращение")),
            ("reported", "", text("Information, sanitised", ru="Сведения, обезличено")),
        ),
        needs="reports",
        rows="graded",
    ),
    "grading-guide": DocumentForm(
        text("Grading guide", ru="Памятка по оценке"),
        form_fields(
            ("scheme", "", text("Grading scheme", ru="Система оценки")),
        ),
        form_fields(
            ("part", "", text("What is graded", ru="Что оценивается")),
            ("code", "", text("Grade", ru="Оценка")),
            ("meaning", "", text("Meaning", ru="Значение")),
        ),
        needs="reports",
        rows="grades",
        hidden=("kind", "signs"),
    ),
    "examination-act": DocumentForm(
        text("Act of examination (to be filled in)", ru="Акт досмотра (заполнить)"),
        form_fields("border_date", "tractor_plate", "trailer_plate"),
        to_fill=form_fields(
            ("officers", "", text("Officers", ru="Сотрудники")),
            ("present", "", text("Persons present", ru="Присутствовали")),
            ("times", "", text("Start, end", ru="Начало, окончание")),
            ("seals_off", "", text("Seals taken off, No.", ru="Снятые пломбы, №")),
            ("seals_on", "", text("Seals applied, No.", ru="Наложенные пломбы, №")),
            ("radiation", "", text("Radiation: level, instrument No.", ru="Радиационный фон: уровень, прибор №")),
            ("weight_method", "", text("Gross and net, method", ru="Брутто и нетто, способ определения")),
            ("photos", "", text("Photographs, numbers", ru="Фотографии, номера")),
            ("findings", "", text("Findings", ru="Результаты")),
            ("signatures", "", text("Signatures", ru="Подписи")),
        ),
    ),
    "custody-blank": DocumentForm(
        text("Custody form (to be filled in)", ru="Карта хранения (заполнить)"),
        (),
        form_fields(
            ("moved_on", "", text("Date, time", ru="Дата, время")),
            ("handed_by", "", text("From, signed", ru="Сдал, подпись")),
            ("received_by", "", text("To, signed", ru="Принял, подпись")),
            ("purpose", "", text("Purpose", ru="Цель")),
            ("seal_then", "", text("Bag seal", ru="Пломба")),
        ),
        rows="",
        lines_to_fill=6,
        to_fill=form_fields(
            ("exhibit_number", "", _EXHIBIT_NUMBER),
            ("exhibit", "", _EXHIBIT),
            ("exhibit_gross_g", "", _EXHIBIT_GROSS),
            ("bag_seal", "", _BAG_SEAL),
            ("found_on", "", _FOUND_ON),
            ("found_by", "", _FOUND_BY),
        ),
    ),
    "report-blank": DocumentForm(
        text("Information report (to be filled in)", ru="Информационный рапорт (заполнить)"),
        (),
        form_fields(
            ("line", "", _LINE),
            ("source_grade", "", text("Source", ru="Источник")),
            ("information_grade", "", text("Information", ru="Сведения")),
            ("handling", "", text("Handling", ru="Обращение")),
            ("reported", "", text("Information, sanitised", ru="Сведения, обезличено")),
        ),
        rows="",
        lines_to_fill=4,
        to_fill=form_fields(
            ("report_on", "", text("Date, time", ru="Дата, время")),
            ("reporter", "", text("Reporter", ru="Составил")),
        ),
    ),
}
