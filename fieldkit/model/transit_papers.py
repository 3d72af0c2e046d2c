"""Mock papers and labels of transit, cold goods and dangerous goods."""

from __future__ import annotations

from fieldkit.model.paper_form import DocumentForm, form_fields
from fieldkit.model.texts import text

_PACKAGES = text("Packages, total", ru="Мест, всего")
_GROSS = text("Gross, total, kg", ru="Брутто, всего, кг")
_TIR_NUMBER = text("TIR carnet No.", ru="Книжка МДП №")
_HOLDER = text("Holder", ru="Держатель")
_APPROVAL = text("Certificate of approval No.", ru="Свидетельство о допущении №")

TRANSIT_FORMS: dict[str, DocumentForm] = {
    "cmr-2007": DocumentForm(
        text("CMR consignment note (model of 2007)", ru="Накладная CMR (образец 2007 года)"),
        form_fields(
            "cmr_number",
            ("consignor", "1"),
            ("consignee", "2"),
            ("loading_place", "3", text("Taking over the goods", ru="Место принятия груза")),
            ("loading_date", "3"),
            ("delivery_place", "4"),
            ("carrier", "6"),
            ("tractor_plate", "6"),
            ("trailer_plate", "6"),
            ("attached", "9", text("Documents handed over", ru="Переданные документы")),
            ("container_number", "10"),
            ("packages", "11", _PACKAGES),
            ("gross_kg", "14", _GROSS),
            ("seal_number", "18"),
            ("driver", "23"),
            ("consignor_signature", "22"),
            ("carrier_signature", "23"),
        ),
        form_fields(
            ("marks", "10"),
            ("packages", "11"),
            ("packing", "12"),
            ("description", "13"),
            ("gross_kg", "14"),
        ),
        blanks=form_fields(
            ("instructions", "5", text("Sender's instructions", ru="Указания отправителя")),
            ("successive", "7", text("Successive carriers", ru="Последующие перевозчики")),
            ("reservations", "8", text("Carrier's reservations", ru="Оговорки перевозчика")),
            ("agreements", "16", text("Special agreements", ru="Особые условия")),
            ("to_pay", "17", text("To be paid by", ru="К оплате")),
            ("cash", "19", text("Cash on delivery", ru="Наложенный платёж")),
            ("made_at", "21", text("Made out at, on", ru="Составлена в, дата")),
            ("received", "24", text("Goods received: date, signature", ru="Груз получен: дата, подпись")),
        ),
    ),
    "bill-of-lading": DocumentForm(
        text("Bill of lading", ru="Коносамент"),
        form_fields(
            ("bill_number", "", text("Bill of lading No.", ru="Коносамент №")),
            ("consignor", "", text("Shipper", ru="Отправитель")),
            "consignee",
            ("notify", "", text("Notify party", ru="Извещаемая сторона")),
            "loading_place",
            "loading_date",
            "delivery_place",
            "container_number",
            "seal_number",
            ("packages", "", _PACKAGES),
            ("gross_kg", "", _GROSS),
            "carrier_signature",
        ),
        form_fields("marks", "description", "packages", "gross_kg"),
        needs="bill",
        blanks=form_fields(
            ("vessel", "", text("Vessel, voyage", ru="Судно, рейс")),
            ("freight", "", text("Freight", ru="Фрахт")),
            ("originals", "", text("Originals", ru="Оригиналов")),
            ("clause", "", text("Received in apparent good order", ru="Принято во внешне исправном состоянии")),
        ),
    ),
    "manifest": DocumentForm(
        text("Cargo manifest", ru="Грузовой манифест"),
        form_fields(
            ("manifest_number", "", text("Manifest No.", ru="Манифест №")),
            "carrier",
            "border_date",
            "tractor_plate",
            "trailer_plate",
            "container_number",
            "seal_number",
            "consignee",
            ("packages", "", _PACKAGES),
            ("gross_kg", "", _GROSS),
            "carrier_signature",
        ),
        form_fields("marks", "description", "packages", "packing", "gross_kg"),
        needs="bill",
        blanks=form_fields(
            ("customs_stamp", "", text("Customs: stamp, date", ru="Таможня: печать, дата")),
        ),
    ),
    "tir-carnet": DocumentForm(
        text("TIR carnet, cover", ru="Книжка МДП, обложка"),
        form_fields(
            ("tir_number", "", _TIR_NUMBER),
            ("tir_valid_until", "1", text("Valid for acceptance until", ru="Действительна для принятия до")),
            ("tir_association", "2", text("Issuing association", ru="Выдавшее объединение")),
            ("tir_holder", "3", _HOLDER),
            ("dispatch_country", "6"),
            ("destination_country", "7"),
            ("tractor_plate", "8"),
            ("trailer_plate", "8"),
            ("vehicle_approval", "9", _APPROVAL),
            ("container_number", "10"),
            ("holder_signature", "12", text("Holder: signature", ru="Держатель: подпись")),
        ),
        needs="tir",
        blanks=form_fields(
            ("association_stamp", "4", text("Stamp of the association", ru="Печать объединения")),
            ("secretary_stamp", "5", text("Signature of the secretary", ru="Подпись секретаря")),
            ("remarks", "11", text("Remarks", ru="Замечания")),
            ("carnet_note", "", text("For customs", ru="Для таможни")),
        ),
    ),
    "tir-voucher": DocumentForm(
        text("TIR carnet, voucher No. 1", ru="Книжка МДП, отрывной лист № 1"),
        form_fields(
            ("tir_number", "1", _TIR_NUMBER),
            ("tir_holder", "4", _HOLDER),
            ("dispatch_country", "5"),
            ("destination_country", "6"),
            ("tractor_plate", "7"),
            ("trailer_plate", "7"),
            ("vehicle_approval", "", _APPROVAL),
            ("packages", "", _PACKAGES),
            ("gross_kg", "11", _GROSS),
            ("seal_number", "16", text("Seals applied, No.", ru="Наложенные пломбы, №")),
            ("loading_date", "", text("Accepted on", ru="Принята")),
            ("departure_signature", "17", text("Customs of departure: stamp", ru="Таможня отправления: печать")),
        ),
        form_fields(("marks", "9"), ("packages", "10"), ("description", "10"), ("gross_kg", "11")),
        needs="tir",
        blanks=form_fields(
            ("office_departure", "2", text("Customs office of departure", ru="Таможня отправления")),
            (
                "holder_declaration",
                "13",
                text(
                    "Declaration of the holder: place, date, signature", ru="Заявление держателя: место, дата, подпись"
                ),
            ),
            ("counterfoil", "", text("Counterfoil No. 1", ru="Корешок № 1")),
        ),
    ),
    "approval-certificate": DocumentForm(
        text("Certificate of approval of the vehicle (TIR)", ru="Свидетельство о допущении ТС (МДП)"),
        form_fields(
            ("vehicle_approval", "1", _APPROVAL),
            ("trailer_vin", "2"),
            ("trailer_plate", "", text("Registration No.", ru="Регистрационный №")),
            ("tir_holder", "", _HOLDER),
            ("approval_until", "", text("Valid until", ru="Действительно до")),
            "issuer_signature",
        ),
        needs="tir",
        blanks=form_fields(
            ("vehicle_type", "3", text("Type of the vehicle, sealing", ru="Тип ТС, пломбирование")),
            ("photographs", "", text("Photographs, drawings", ru="Фотографии, чертежи")),
        ),
    ),
    "carriage-order": DocumentForm(
        text("Carriage order for cold goods", ru="Заявка на перевозку холодного груза"),
        form_fields(
            "cmr_number",
            "consignor",
            "carrier",
            "trailer_plate",
            "container_number",
            ("set_point_c", "", text("Carry at, °C", ru="Температура перевозки, °C")),
            "consignor_signature",
        ),
        form_fields("description", "packages", "gross_kg"),
        needs="cold",
    ),
    "reefer-display": DocumentForm(
        text("Display of the refrigeration unit", ru="Табло холодильной установки"),
        form_fields(
            ("set_point_c", "", text("Set point, °C", ru="Уставка, °C")),
            ("return_air_c", "", text("Return air, °C", ru="Возвратный воздух, °C")),
            ("reefer_mode", "", text("Mode", ru="Режим")),
            ("reefer_hours", "", text("Hours run", ru="Наработка, ч")),
        ),
        label=True,
        needs="cold",
    ),
    "adr-document": DocumentForm(
        text("Transport document for dangerous goods (ADR)", ru="Транспортный документ на опасный груз (ДОПОГ)"),
        form_fields(
            "cmr_number",
            "consignor",
            "consignee",
            "carrier",
            "driver",
            "tractor_plate",
            "trailer_plate",
            ("un_number", "", text("UN No.", ru="№ ООН")),
            ("shipping_name", "", text("Proper shipping name", ru="Надлежащее отгрузочное наименование")),
            ("adr_class", "", text("Class, packing group", ru="Класс, группа упаковки")),
            ("gross_kg", "", _GROSS),
            ("driver_adr_until", "", text("Driver's ADR certificate until", ru="Свидетельство ДОПОГ водителя до")),
            ("tank_until", "", text("Tank inspection until", ru="Освидетельствование цистерны до")),
            "consignor_signature",
        ),
        needs="dangerous",
        blanks=form_fields(
            (
                "instructions_carried",
                "",
                text("Instructions in writing carried; tunnel code", ru="Письменные инструкции; код туннеля"),
            ),
            ("emergency", "", text("Call in an emergency", ru="Вызов при аварии")),
        ),
    ),
    "adr-plate": DocumentForm(
        text("Orange plate (ADR)", ru="Оранжевая табличка (ДОПОГ)"),
        form_fields(
            ("hazard_number", "", text("Hazard No. (above)", ru="№ опасности (сверху)")),
            ("un_number", "", text("UN No. (below)", ru="№ ООН (снизу)")),
        ),
        label=True,
        needs="dangerous",
    ),
}
