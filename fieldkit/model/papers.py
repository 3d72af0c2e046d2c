"""The mock papers and labels: which fields each has, by meaning, and how the form calls and numbers them.

A field has the same name on every paper that carries it, so that papers can be compared. Box numbers follow the
CMR note of 1976 (the one common in the CIS) and the goods declaration of the Eurasian Economic Union.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.model.texts import Text, text


@dataclass(frozen=True)
class FormField:
    """One box of a form: the field's name, its caption, and its number on the real form (empty where it has none)."""

    name: str
    caption: Text
    box: str = ""


@dataclass(frozen=True)
class DocumentForm:
    """A mock paper. `lines` are the columns of its table of goods (the document's field `lines`), if it has one.

    `label`: not a paper but something fixed to the unit (a seal, plates, a number on a door). `needs`: the group of
    facts without which the paper would be empty.
    """

    title: Text
    fields: tuple[FormField, ...]
    lines: tuple[FormField, ...] = ()
    label: bool = False
    needs: str = ""

    def field(self, name: str) -> FormField | None:
        """The box or column of that name, or None."""
        return next((f for f in (*self.fields, *self.lines) if f.name == name), None)


# Captions that several forms share.
_CAPTIONS = {
    "consignor": text("Consignor", ru="Отправитель"),
    "consignee": text("Consignee", ru="Получатель"),
    "carrier": text("Carrier", ru="Перевозчик"),
    "driver": text("Driver", ru="Водитель"),
    "tractor_plate": text("Tractor, plate", ru="Тягач, номер"),
    "trailer_plate": text("Trailer, plate", ru="Полуприцеп, номер"),
    "tractor_vin": text("Tractor, VIN", ru="Тягач, VIN"),
    "trailer_vin": text("Trailer, VIN", ru="Полуприцеп, VIN"),
    "tractor_tare_kg": text("Tractor, tare, kg", ru="Тягач, масса тары, кг"),
    "trailer_tare_kg": text("Trailer, tare, kg", ru="Полуприцеп, масса тары, кг"),
    "container_number": text("Container number", ru="Номер контейнера"),
    "container_tare_kg": text("Container, tare, kg", ru="Контейнер, масса тары, кг"),
    "size_type": text("Size and type", ru="Размер и тип"),
    "max_gross_kg": text("Max. gross, kg", ru="Макс. масса брутто, кг"),
    "seal_number": text("Seal number", ru="Номер пломбы"),
    "seal_class": text("Seal class", ru="Класс пломбы"),
    "packages": text("Packages", ru="Мест"),
    "packing": text("Packing", ru="Упаковка"),
    "marks": text("Marks", ru="Маркировка"),
    "description": text("Description of goods", ru="Описание товара"),
    "hs_code": text("HS code", ru="Код ТН ВЭД"),
    "gross_kg": text("Gross, kg", ru="Брутто, кг"),
    "net_kg": text("Net, kg", ru="Нетто, кг"),
    "quantity": text("Quantity", ru="Количество"),
    "unit": text("Unit", ru="Единица"),
    "unit_price": text("Unit price", ru="Цена за единицу"),
    "amount": text("Amount", ru="Сумма"),
    "total_value": text("Total value", ru="Общая стоимость"),
    "currency": text("Currency", ru="Валюта"),
    "origin": text("Country of origin", ru="Страна происхождения"),
    "dispatch_country": text("Country of dispatch", ru="Страна отправления"),
    "destination_country": text("Country of destination", ru="Страна назначения"),
    "loading_place": text("Place of loading", ru="Место погрузки"),
    "loading_date": text("Date of loading", ru="Дата погрузки"),
    "delivery_place": text("Place of delivery", ru="Место разгрузки"),
    "terms": text("Terms of delivery", ru="Условия поставки"),
    "invoice_number": text("Invoice No.", ru="Инвойс №"),
    "invoice_date": text("Invoice date", ru="Дата инвойса"),
    "cmr_number": text("CMR No.", ru="CMR №"),
    "declaration_number": text("Declaration No.", ru="Декларация №"),
    "declaration_date": text("Date of declaration", ru="Дата декларации"),
    "border_date": text("Date at the border", ru="Дата на границе"),
    "consignor_signature": text("Consignor: signature, stamp", ru="Отправитель: подпись, печать"),
    "carrier_signature": text("Carrier: signature, stamp", ru="Перевозчик: подпись, печать"),
    "declarant_signature": text("Declarant: signature, stamp", ru="Декларант: подпись, печать"),
    "issuer_signature": text("Issuing body: signature, stamp", ru="Орган выдачи: подпись, печать"),
}


def _fields(*entries: str | tuple[str, str] | tuple[str, str, Text]) -> tuple[FormField, ...]:
    """Boxes: a name alone, a name with its number, or both with a caption of this form's own."""
    made = []
    for entry in entries:
        name, box, *own = (entry, "") if isinstance(entry, str) else entry
        made.append(FormField(name, own[0] if own else _CAPTIONS[name], box))
    return tuple(made)


DOCUMENT_FORMS: dict[str, DocumentForm] = {
    "cmr": DocumentForm(
        text("CMR consignment note", ru="Накладная CMR"),
        _fields(
            "cmr_number",
            ("consignor", "1"),
            ("consignee", "2"),
            ("delivery_place", "3"),
            ("loading_place", "4"),
            ("loading_date", "4"),
            ("attached", "5", text("Documents attached", ru="Прилагаемые документы")),
            ("container_number", "6"),
            ("packages", "7", text("Packages, total", ru="Мест, всего")),
            ("gross_kg", "11", text("Gross, total, kg", ru="Брутто, всего, кг")),
            ("seal_number", "13"),
            ("carrier", "16"),
            ("tractor_plate", "25"),
            ("trailer_plate", "25"),
            ("driver", "23"),
            ("consignor_signature", "22"),
            ("carrier_signature", "23"),
        ),
        _fields(
            ("marks", "6"),
            ("packages", "7"),
            ("packing", "8"),
            ("description", "9"),
            ("hs_code", "10"),
            ("gross_kg", "11"),
        ),
    ),
    "invoice": DocumentForm(
        text("Commercial invoice", ru="Коммерческий инвойс"),
        _fields(
            "invoice_number",
            "invoice_date",
            ("consignor", "", text("Seller", ru="Продавец")),
            ("consignee", "", text("Buyer", ru="Покупатель")),
            ("contract", "", text("Contract", ru="Контракт")),
            "terms",
            "origin",
            "currency",
            "total_value",
            "consignor_signature",
        ),
        _fields("description", "quantity", "unit", "unit_price", "amount"),
    ),
    "packing-list": DocumentForm(
        text("Packing list", ru="Упаковочный лист"),
        _fields(
            "invoice_number",
            "consignor",
            "consignee",
            "container_number",
            ("packages", "", text("Packages, total", ru="Мест, всего")),
            ("net_kg", "", text("Net, total, kg", ru="Нетто, всего, кг")),
            ("gross_kg", "", text("Gross, total, kg", ru="Брутто, всего, кг")),
            "consignor_signature",
        ),
        _fields("marks", "description", "packages", "packing", "net_kg", "gross_kg"),
    ),
    "declaration": DocumentForm(
        text("Goods declaration", ru="Декларация на товары"),
        _fields(
            ("procedure", "1", text("Declaration", ru="Декларация")),
            ("consignor", "2"),
            ("items", "5", text("Items", ru="Всего товаров")),
            ("packages", "6", text("Packages, total", ru="Всего мест")),
            ("declaration_number", "7"),
            ("consignee", "8"),
            ("customs_value", "12", text("Customs value, KGS", ru="Таможенная стоимость, KGS")),
            ("declarant", "14", text("Declarant", ru="Декларант")),
            ("dispatch_country", "15"),
            ("origin", "16"),
            ("destination_country", "17"),
            ("tractor_plate", "18"),
            ("trailer_plate", "18"),
            ("in_container", "19", text("Container", ru="Контейнер")),
            ("terms", "20"),
            ("currency", "22"),
            ("total_value", "22"),
            ("rate", "23", text("Rate of exchange", ru="Курс валюты")),
            ("office", "29", text("Office of entry", ru="Орган въезда")),
            ("container_number", "31"),
            ("gross_kg", "35", text("Gross, total, kg", ru="Брутто, всего, кг")),
            ("net_kg", "38", text("Net, total, kg", ru="Нетто, всего, кг")),
            ("invoice_number", "44"),
            ("cmr_number", "44"),
            ("declaration_date", "54"),
            ("declarant_signature", "54"),
        ),
        _fields(
            ("description", "31"),
            ("packages", "31"),
            ("hs_code", "33"),
            ("gross_kg", "35"),
            ("net_kg", "38"),
            ("amount", "42", text("Price", ru="Цена товара")),
        ),
    ),
    "origin-certificate": DocumentForm(
        text("Certificate of origin", ru="Сертификат происхождения"),
        _fields(
            ("certificate", "", text("Certificate No.", ru="Сертификат №")),
            ("consignor", "1"),
            ("consignee", "2"),
            ("origin", "4"),
            "invoice_number",
            ("gross_kg", "9", text("Gross, total, kg", ru="Брутто, всего, кг")),
            "issuer_signature",
        ),
        _fields("description", "packages"),
    ),
    "seal-log": DocumentForm(
        text("Seal log", ru="Журнал учёта пломб"),
        _fields(
            "container_number",
            "trailer_plate",
            "seal_number",
            "seal_class",
            ("applied_at", "", text("Applied at", ru="Где наложена")),
            ("applied_on", "", text("Applied on", ru="Когда наложена")),
            ("applied_by", "", text("Applied by", ru="Кем наложена")),
        ),
    ),
    "weighbridge": DocumentForm(
        text("Weighbridge ticket", ru="Весовой талон"),
        _fields(
            ("ticket", "", text("Ticket No.", ru="Талон №")),
            "border_date",
            "tractor_plate",
            "trailer_plate",
            "container_number",
            ("weighed_kg", "", text("Weighed, total, kg", ru="Взвешено, всего, кг")),
            "tractor_tare_kg",
            "trailer_tare_kg",
            "container_tare_kg",
            ("cargo_kg", "", text("Cargo, kg", ru="Груз, кг")),
        ),
    ),
    "vehicle-papers": DocumentForm(
        text("Vehicle papers", ru="Документы на транспортное средство"),
        _fields(
            ("carrier", "", text("Owner", ru="Владелец")),
            "tractor_plate",
            "tractor_vin",
            "tractor_tare_kg",
            "trailer_plate",
            "trailer_vin",
            "trailer_tare_kg",
            ("vehicle_approval", "", text("Certificate of approval No.", ru="Свидетельство о допущении №")),
            ("approval_until", "", text("Valid until", ru="Действительно до")),
            "issuer_signature",
        ),
    ),
    "container-marks": DocumentForm(
        text("Marks on the container", ru="Маркировка контейнера"),
        _fields("container_number", "size_type", "max_gross_kg", "container_tare_kg"),
        label=True,
        needs="container",
    ),
    "csc-plate": DocumentForm(
        text("Safety approval plate (CSC)", ru="Табличка безопасности КБК (CSC)"),
        _fields(
            ("csc_approval", "1", text("Approval reference", ru="Номер допущения")),
            ("csc_made", "2", text("Made", ru="Изготовлен")),
            ("csc_serial", "3", text("Identification No.", ru="Заводской номер")),
            ("max_gross_kg", "4"),
            ("stacking_kg", "5", text("Stacking load, 1.8 g, kg", ru="Нагрузка при штабелировании, 1,8 g, кг")),
            ("racking_n", "6", text("Racking test force, N", ru="Испытание на перекос, Н")),
            ("examine_by", "9", text("Next examination", ru="Следующий осмотр")),
        ),
        label=True,
        needs="container",
    ),
    "seal": DocumentForm(
        text("Seal", ru="Пломба"),
        _fields("seal_number", "seal_class", ("seal_maker", "", text("Maker's mark", ru="Знак изготовителя"))),
        label=True,
    ),
    "vehicle-plates": DocumentForm(
        text("Plates of the vehicle", ru="Номерные знаки"),
        _fields("tractor_plate", "trailer_plate", "tractor_vin", "trailer_vin"),
        label=True,
    ),
}

FACT_GROUPS: dict[str, tuple[str, ...]] = {
    "route": ("crossing_point", "origin", "dispatch_country", "dispatch_place", "destination_country",
              "destination_place", "loading_date", "border_date", "terms"),
    "parties": ("consignor", "consignee", "carrier", "declarant"),
    "vehicle": ("driver", "tractor_plate", "trailer_plate", "tractor_vin", "trailer_vin", "tractor_tare_kg",
                "trailer_tare_kg", "approval_until"),
    "container": ("container_number", "size_type", "size_text", "max_gross_kg", "container_tare_kg",
                  "inside_length_m", "examine_by"),
    "seal": ("seal_number", "seal_class"),
    "goods": ("goods", "packages", "net_kg", "gross_kg", "total_value", "currency", "invoice_number", "cmr_number",
              "declaration_number"),
}  # fmt: skip
