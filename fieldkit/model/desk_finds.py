"""What can be planted at a desk: in records and reports, tables of consignments, field tests, scanner images."""

from __future__ import annotations

from fieldkit.model.find_code import FindCode
from fieldkit.model.texts import Text, text

_TABLE_LINE = text(
    "Printed on purpose: line {row} of the table, “{field}”: {wrong}.",
    ru="Напечатано намеренно: строка {row} таблицы, «{field}»: {wrong}.",
)
_TABLE_ANSWER = text("Line {row}. {title}: {wrong}.", ru="Строка {row}. {title}: {wrong}.")
_IMAGE = text("Drawn into image {row}, cells {wrong}.", ru="Нарисовано на снимке {row}, клетки {wrong}.")
_IMAGE_ANSWER = text("Image {row}, cells {wrong}. {title}.", ru="Снимок {row}, клетки {wrong}. {title}.")
_IMAGES, _BOTH = ("image-set",), ("image-set", "scan-log")
_REPORT = ("information-report", "raw-information", "grading-guide")


def _indicator(title: Text, field: str, *needs: str) -> FindCode:
    return FindCode(title, (field,), True, needs=("consignment-table", *needs), what=_TABLE_LINE, answer=_TABLE_ANSWER)


def _anomaly(title: Text) -> FindCode:
    return FindCode(title, ("scene",), True, needs=_IMAGES, what=_IMAGE, answer=_IMAGE_ANSWER)


DESK_CODES: dict[str, FindCode] = {
    "L01": FindCode(
        text("Chain of custody has a gap", ru="Разрыв в цепочке передачи"),
        ("handed_by",),
        True,
        needs=("custody-form",),
    ),
    "L02": FindCode(
        text("Times of transfers out of order", ru="Нарушен порядок времени передач"),
        ("moved_on",),
        True,
        needs=("custody-form",),
    ),
    "L03": FindCode(
        text("Number of the bag seal differs", ru="Номер пломбы пакета не совпадает"), ("bag_seal", "seal_then")
    ),
    "L04": FindCode(
        text("Record or transfer is not signed", ru="Протокол или передача не подписаны"),
        ("giver_signed", "taker_signed", "officer_signature", "copy_signature"),
        True,
    ),
    "L05": FindCode(
        text("Weight of the exhibit differs", ru="Масса доказательства не совпадает"), ("exhibit_gross_g",)
    ),
    "L06": FindCode(
        text("Rights or interpreter not on record", ru="Не отражены права или переводчик"),
        ("rights_signature", "interpreter"),
        True,
        needs=("find-record",),
    ),
    "L07": FindCode(
        text("An attesting witness is missing", ru="Не хватает понятого"),
        ("witness_two",),
        True,
        needs=("find-record",),
    ),
    "L08": FindCode(
        text("Exhibit is described otherwise", ru="Доказательство описано иначе"), ("exhibit", "exhibit_number")
    ),
    "T01": FindCode(text("Test kit is out of date", ru="Срок годности теста истёк"), ("kit_until",), True),
    "T02": FindCode(text("Lot of the kit differs", ru="Серия теста не совпадает"), ("kit_lot",)),
    "T03": FindCode(
        text("Presumptive result called confirmed", ru="Предварительный результат назван окончательным"),
        ("test_result",),
        True,
    ),
    "T04": FindCode(
        text("Read outside the time of the leaflet", ru="Считано вне времени по инструкции"),
        ("read_after_s",),
        True,
        needs=("test-kit",),
    ),
    "T05": FindCode(
        text("Test not witnessed or not signed", ru="Тест без второго сотрудника или подписи"),
        ("test_witness", "operator_signature"),
        True,
        needs=("test-record",),
    ),
    "M01": FindCode(
        text("Reading stands out", ru="Показание выделяется"),
        ("reading",),
        True,
        answer=text(
            "Line {row} of the log: reading {wrong}, clearly off its reference; look there more closely.",
            ru="Строка {row} журнала: показание {wrong} явно отличается от эталона; проверить это место.",
        ),
    ),
    "M02": FindCode(text("Self-test of the instrument missing", ru="Нет самопроверки прибора"), ("self_test",), True),
    "I01": FindCode(
        text("Source graded wrongly", ru="Источник оценён неверно"), ("source_grade",), True, needs=_REPORT
    ),
    "I02": FindCode(
        text("Information graded wrongly", ru="Сведения оценены неверно"), ("information_grade",), True, needs=_REPORT
    ),
    "I03": FindCode(
        text("Source can be recognised", ru="Источник можно узнать"),
        ("reported",),
        True,
        needs=("information-report",),
        what=text(
            "Printed on purpose: line {row} of the report names the source.",
            ru="Напечатано намеренно: в строке {row} рапорта назван источник.",
        ),
        answer=text(
            "Line {row} of the report says who told it; the source can be recognised.",
            ru="В строке {row} рапорта сказано, кто сообщил; источник можно узнать.",
        ),
    ),
    "I04": FindCode(
        text("Handling code is missing", ru="Нет кода обращения"), ("handling",), True, needs=("information-report",)
    ),
    "I05": FindCode(
        text("Two subjects in one entry", ru="Две темы в одной записи"),
        ("reported",),
        True,
        needs=("information-report",),
        what=text(
            "Printed on purpose: line {row} of the report holds two subjects.",
            ru="Напечатано намеренно: в строке {row} рапорта две темы.",
        ),
        answer=text(
            "Line {row} of the report holds two subjects; each needs an entry of its own.",
            ru="В строке {row} рапорта две темы; нужна отдельная запись на каждую.",
        ),
    ),
    "I06": FindCode(
        text("Reporter or date is missing", ru="Нет составителя или даты"),
        ("report_on", "reporter"),
        True,
        needs=("information-report",),
    ),
    "R01": _indicator(text("Trader is new", ru="Новый участник ВЭД"), "trader_since"),
    "R02": _indicator(text("Route makes no sense", ru="Маршрут нелогичен"), "route"),
    "R03": _indicator(text("Price far from the usual", ru="Цена далека от обычной"), "usd_per_kg", "goods-guide"),
    "R04": _indicator(text("Goods described vaguely", ru="Товар описан расплывчато"), "cargo"),
    "R05": _indicator(
        text("Goods do not fit the business", ru="Товар не отвечает деятельности"), "business", "goods-guide"
    ),
    "R06": _indicator(text("Earlier checks found something", ru="Прежние проверки выявляли нарушения"), "record"),
    "R07": _indicator(text("Papers changed on arrival", ru="Документы изменены после прибытия"), "lodged"),
    "X01": _anomaly(text("Object of another density in the load", ru="Объект иной плотности в грузе")),
    "X02": _anomaly(text("Density where the unit itself has none", ru="Плотность там, где у объекта её нет")),
    "X03": _anomaly(text("Hollow in the load", ru="Пустота в грузе")),
    "X04": FindCode(
        text("Image does not show what is declared", ru="На снимке не то, что заявлено"),
        ("declared",),
        True,
        needs=_BOTH,
        what=text(
            "Printed on purpose: the log declares “{wrong}” for image {row}.",
            ru="Напечатано намеренно: в журнале для снимка {row} заявлено «{wrong}».",
        ),
        answer=text(
            "Image {row} does not show what is declared ({wrong}).", ru="На снимке {row} не то, что заявлено ({wrong})."
        ),
    ),
    "X05": FindCode(
        text("A unit declared empty is not", ru="Объект, заявленный порожним, не пуст"),
        ("declared",),
        True,
        needs=_BOTH,
        what=text(
            "Printed on purpose: the log declares the unit of image {row} as empty.",
            ru="Напечатано намеренно: в журнале объект снимка {row} заявлен порожним.",
        ),
        answer=text(
            "Image {row} shows a load in a unit that is declared empty.",
            ru="На снимке {row} груз в объекте, заявленном порожним.",
        ),
    ),
    "X06": FindCode(
        text("Image belongs to another unit", ru="Снимок другого объекта"),
        ("unit_number",),
        True,
        needs=_BOTH,
        answer=text(
            "Image {row}: the number on it, {wrong}, is not the one in the log, {right}.",
            ru="Снимок {row}: номер на нём, {wrong}, не тот, что в журнале, {right}.",
        ),
    ),
    "X07": _anomaly(text("Area that was not penetrated", ru="Непросвеченный участок")),
}
