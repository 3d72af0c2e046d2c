"""What a mock paper is made of: boxes with captions and numbers, and tables of lines.

A field has the same name on every paper that carries it, so that papers can be compared.
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
    """A mock paper. `lines` are the columns of its table (the document's field `lines`), if it has one.

    `rows`: the fact that the table shows, the goods where nothing is said. `hidden`: what lines hold besides their
    columns, for the printer and the checker. `label`: not a paper but something fixed to the unit (a seal, plates, a
    number on a door). `needs`: the group of facts without which the paper would be empty. `to_fill` are boxes and
    `lines_to_fill` empty table rows that the trainee fills in by hand; `blanks` are boxes that the real form has
    too and that stay empty.
    """

    title: Text
    fields: tuple[FormField, ...]
    lines: tuple[FormField, ...] = ()
    label: bool = False
    needs: str = ""
    rows: str = "goods"
    hidden: tuple[str, ...] = ()
    to_fill: tuple[FormField, ...] = ()
    lines_to_fill: int = 0
    blanks: tuple[FormField, ...] = ()

    def field(self, name: str) -> FormField | None:
        """The box or column of that name, or None."""
        return next((f for f in (*self.fields, *self.lines) if f.name == name), None)


# Captions that several forms share.
CAPTIONS: dict[str, Text] = {
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


def form_fields(*entries: str | tuple[str, str] | tuple[str, str, Text]) -> tuple[FormField, ...]:
    """Boxes: a name alone, a name with its number, or both with a caption of this form's own."""
    made = []
    for entry in entries:
        name, box, *own = (entry, "") if isinstance(entry, str) else entry
        made.append(FormField(name, own[0] if own else CAPTIONS[name], box))
    return tuple(made)
