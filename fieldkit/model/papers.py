"""The mock papers and labels: which fields each has, by meaning, and how the form calls and numbers them.

Box numbers follow the CMR note of 1976 (the one common in the CIS; `cmr-2007` has those of 2007) and the goods
declaration of the Eurasian Economic Union.
"""

from __future__ import annotations

from fieldkit.model.desk_papers import DESK_FORMS
from fieldkit.model.paper_form import DocumentForm, FormField, form_fields
from fieldkit.model.texts import text
from fieldkit.model.transit_papers import TRANSIT_FORMS

__all__ = ["DOCUMENT_FORMS", "FACT_GROUPS", "KEY_FACTS", "DocumentForm", "FormField"]

CONSIGNMENT_FORMS: dict[str, DocumentForm] = {
    "cmr": DocumentForm(
        text("CMR consignment note", ru="Накладная CMR"),
        form_fields(
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
        form_fields(
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
        form_fields(
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
        form_fields("description", "quantity", "unit", "unit_price", "amount"),
    ),
    "packing-list": DocumentForm(
        text("Packing list", ru="Упаковочный лист"),
        form_fields(
            "invoice_number",
            "consignor",
            "consignee",
            "container_number",
            ("packages", "", text("Packages, total", ru="Мест, всего")),
            ("net_kg", "", text("Net, total, kg", ru="Нетто, всего, кг")),
            ("gross_kg", "", text("Gross, total, kg", ru="Брутто, всего, кг")),
            "consignor_signature",
        ),
        form_fields("marks", "description", "packages", "packing", "net_kg", "gross_kg"),
    ),
    "declaration": DocumentForm(
        text("Goods declaration", ru="Декларация на товары"),
        form_fields(
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
        form_fields(
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
        form_fields(
            ("certificate", "", text("Certificate No.", ru="Сертификат №")),
            ("consignor", "1"),
            ("consignee", "2"),
            ("origin", "4"),
            "invoice_number",
            ("gross_kg", "9", text("Gross, total, kg", ru="Брутто, всего, кг")),
            "issuer_signature",
        ),
        form_fields("description", "packages"),
    ),
    "seal-log": DocumentForm(
        text("Seal log", ru="Журнал учёта пломб"),
        form_fields(
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
        form_fields(
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
        form_fields(
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
        form_fields("container_number", "size_type", "max_gross_kg", "container_tare_kg"),
        label=True,
        needs="container",
    ),
    "csc-plate": DocumentForm(
        text("Safety approval plate (CSC)", ru="Табличка безопасности КБК (CSC)"),
        form_fields(
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
        form_fields("seal_number", "seal_class", ("seal_maker", "", text("Maker's mark", ru="Знак изготовителя"))),
        label=True,
    ),
    "vehicle-plates": DocumentForm(
        text("Plates of the vehicle", ru="Номерные знаки"),
        form_fields("tractor_plate", "trailer_plate", "tractor_vin", "trailer_vin"),
        label=True,
    ),
}
DOCUMENT_FORMS = {**CONSIGNMENT_FORMS, **TRANSIT_FORMS, **DESK_FORMS}

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
    "bill": ("bill_number", "manifest_number", "notify"),
    "tir": ("tir_number", "tir_holder", "tir_valid_until"),
    "cold": ("set_point_c", "return_air_c"),
    "dangerous": ("un_number", "hazard_number", "shipping_name"),
    "custody": ("exhibit_number", "exhibit", "exhibit_gross_g", "bag_seal", "found_on", "found_by", "language_used"),
    "field-test": ("kit_lot", "kit_until", "exhibit_number", "tested_on"),
    "meter": ("meter_number", "meter_until"),
    "reports": ("report_number", "report_on", "scheme"),
    "consignments": ("table_number", "consignments"),
    "images": ("set_number", "images"),
}  # fmt: skip
# Worked out from the papers as they are printed, errors and all; for the instructor's card only.
KEY_FACTS: dict[str, tuple[str, ...]] = {"consignments": ("channel_key",), "reports": ("grade_key",)}
