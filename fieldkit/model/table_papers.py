"""Mock papers of the risk desk and of the scanner: tables, guides, sets of images, answer sheets."""

from __future__ import annotations

from fieldkit.model.paper_form import DocumentForm, form_fields
from fieldkit.model.texts import text

_LINE = text("No.", ru="№")
_PLATE = text("Image", ru="Снимок")
_UNIT_NUMBER = text("Unit", ru="Объект")
_TAKEN_AT = text("Taken at", ru="Время снимка")

TABLE_FORMS: dict[str, DocumentForm] = {
    "consignment-table": DocumentForm(
        text("Table of consignments", ru="Таблица партий"),
        form_fields(
            ("table_number", "", text("Table No.", ru="Таблица №")),
            "border_date",
        ),
        form_fields(
            ("line", "", _LINE),
            ("trader", "", text("Trader", ru="Участник ВЭД")),
            ("trader_since", "", text("Known since", ru="Известен с")),
            ("business", "", text("Business", ru="Деятельность")),
            ("cargo", "", text("Goods", ru="Товар")),
            ("route", "", text("Route", ru="Маршрут")),
            ("load_kg", "", text("Net, kg", ru="Нетто, кг")),
            ("usd_per_kg", "", text("USD/kg", ru="USD/кг")),
            ("record", "", text("Checks, finds", ru="Проверок, нарушений")),
            ("lodged", "", text("Papers", ru="Документы")),
        ),
        needs="consignments",
        rows="consignments",
    ),
    "goods-guide": DocumentForm(
        text("Guide: usual goods, prices and trades", ru="Справка: обычные товары, цены, деятельность"),
        (),
        form_fields(
            ("guide_goods", "", text("Goods", ru="Товар")),
            ("guide_usd", "", text("USD/kg, from-to", ru="USD/кг, от-до")),
            ("guide_business", "", text("Business", ru="Деятельность")),
        ),
        needs="consignments",
        rows="guide",
    ),
    "indicator-guide": DocumentForm(
        text("Indicators and channels of this course", ru="Индикаторы и коридоры этого курса"),
        (),
        form_fields(
            ("part", "", text("Sort", ru="Вид")),
            ("meaning", "", text("Meaning", ru="Значение")),
            ("weight", "", text("Weight", ru="Вес")),
        ),
        needs="consignments",
        rows="indicators",
        hidden=("kind", "code"),
    ),
    "image-set": DocumentForm(
        text("Scanner images (synthetic, not photographs)", ru="Снимки сканера (синтетические, не фотографии)"),
        form_fields(
            ("set_number", "", text("Set No.", ru="Серия №")),
        ),
        form_fields(
            ("plate", "", _PLATE),
            ("unit_number", "", _UNIT_NUMBER),
            ("taken_at", "", _TAKEN_AT),
        ),
        needs="images",
        rows="images",
        hidden=("scene",),
    ),
    "scan-log": DocumentForm(
        text("Scanner log and declarations", ru="Журнал сканера и декларации"),
        form_fields(("set_number", "", text("Set No.", ru="Серия №")), "border_date"),
        form_fields(
            ("plate", "", _PLATE),
            ("unit_number", "", _UNIT_NUMBER),
            ("taken_at", "", _TAKEN_AT),
            ("declared", "", text("Declared", ru="Заявлено")),
        ),
        needs="images",
        rows="images",
    ),
    "image-answers": DocumentForm(
        text("Answer sheet: images", ru="Бланк ответов: снимки"),
        form_fields(
            ("set_number", "", text("Set No.", ru="Серия №")),
        ),
        form_fields(
            ("plate", "", _PLATE),
            ("cell", "", text("Cell", ru="Клетка")),
            ("seen", "", text("What is seen", ru="Что видно")),
            ("decision", "", text("Decision", ru="Решение")),
        ),
        needs="images",
        rows="",
        lines_to_fill=8,
    ),
    "channel-answers": DocumentForm(
        text("Answer sheet: channels", ru="Бланк ответов: коридоры"),
        form_fields(
            ("table_number", "", text("Table No.", ru="Таблица №")),
        ),
        form_fields(
            ("line", "", text("Lines", ru="Строки")),
            ("channel", "", text("Channel", ru="Коридор")),
            ("reasons", "", text("Indicators named", ru="Названные индикаторы")),
        ),
        needs="consignments",
        rows="",
        lines_to_fill=12,
    ),
}
