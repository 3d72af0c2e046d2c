"""What can be planted: the codes of finds and decoys, what each is, and which papers can show it."""

from __future__ import annotations

from fieldkit.model.desk_finds import DESK_CODES
from fieldkit.model.find_code import FindCode
from fieldkit.model.texts import text

__all__ = ["FIND_CODES", "IMAGE_FINDS", "FindCode"]

_SIGNATURES = ("consignor_signature", "carrier_signature", "declarant_signature", "issuer_signature",
               "holder_signature", "departure_signature")  # fmt: skip
_EXPIRY = ("examine_by", "approval_until", "tir_valid_until", "driver_adr_until", "tank_until", "meter_until")

FIND_CODES: dict[str, FindCode] = {
    "D01": FindCode(
        text("Container number is wrong", ru="Неверный номер контейнера"), ("container_number",), alone=True
    ),
    "D02": FindCode(text("Seal number differs", ru="Номер пломбы не совпадает"), ("seal_number",)),
    "D03": FindCode(text("Plate differs", ru="Номер машины не совпадает"), ("tractor_plate", "trailer_plate")),
    "D04": FindCode(text("Number of packages differs", ru="Число мест не совпадает"), ("packages",)),
    "D05": FindCode(text("Weight is wrong", ru="Неверный вес"), ("gross_kg", "net_kg", "cargo_kg")),
    "D06": FindCode(
        text("Description and HS code disagree", ru="Описание не отвечает коду ТН ВЭД"), ("hs_code",), alone=True
    ),
    "D07": FindCode(
        text("Consignor or consignee differs", ru="Отправитель или получатель не совпадает"), ("consignor", "consignee")
    ),
    "D08": FindCode(text("Country of origin differs", ru="Страна происхождения не совпадает"), ("origin",)),
    "D09": FindCode(
        text("Value or currency is wrong", ru="Неверная стоимость или валюта"),
        ("total_value", "currency", "amount"),
        alone=True,
    ),
    "D10": FindCode(text("Dates out of order", ru="Нарушен порядок дат"), ("loading_date", "applied_on"), alone=True),
    "D11": FindCode(text("Signature or stamp is missing", ru="Нет подписи или печати"), _SIGNATURES, alone=True),
    "D13": FindCode(text("Certificate has expired", ru="Истёк срок свидетельства"), _EXPIRY, alone=True),
    "D12": FindCode(
        text("UN number, hazard number and name disagree", ru="№ ООН, № опасности и наименование не сходятся"),
        ("un_number", "hazard_number"),
        needs=("adr-document",),
    ),
    "D14": FindCode(
        text("Temperature does not fit the goods", ru="Температура не отвечает грузу"),
        ("set_point_c", "return_air_c"),
        alone=True,
        needs=("reefer-display", "carriage-order"),
    ),
    "D16": FindCode(
        text("TIR carnet, holder or approval differs", ru="Книжка МДП, держатель или допущение не совпадает"),
        ("tir_number", "tir_holder", "vehicle_approval"),
    ),
    "D15": FindCode(text("Description is vague", ru="Описание расплывчато"), ("description",), alone=True),
    **DESK_CODES,
    "S01": FindCode(text("Seal shows signs of tampering", ru="Следы вскрытия на пломбе")),
    "S02": FindCode(text("Seal is of a wrong class", ru="Пломба не того класса"), ("seal_class",), alone=True),
    "S03": FindCode(text("Seal is missing", ru="Пломбы нет")),
    "S04": FindCode(text("Seal does not hold", ru="Пломба не держит")),
    "A01": FindCode(text("Trace of a repair", ru="След ремонта")),
    "A02": FindCode(text("Bolt, rivet or hinge tampered with", ru="Следы вмешательства на болте, заклёпке, петле")),
    "A03": FindCode(text("Hidden package (mock, sugar)", ru="Спрятанный свёрток (муляж, сахар)")),
    "A04": FindCode(text("Measures do not agree", ru="Размеры не сходятся")),
    "A05": FindCode(text("Object that does not belong there", ru="Посторонний предмет")),
    "A06": FindCode(text("Part missing or covered", ru="Деталь отсутствует или закрыта")),
    "A07": FindCode(text("Safety rule not kept at the place", ru="На площадке нарушено правило безопасности")),
    "A08": FindCode(text("Quantity or marks of the load differ", ru="Число мест или маркировка груза не сходится")),
    "N01": FindCode(text("Old repair, harmless", ru="Старый ремонт, безвредно"), decoy=True),
    "N02": FindCode(text("Dirt, rust or wear, harmless", ru="Грязь, ржавчина, износ, безвредно"), decoy=True),
    "N03": FindCode(text("Everyday object, harmless", ru="Бытовой предмет, безвредно"), decoy=True),
    "N04": FindCode(text("Oddity among papers, harmless", ru="Странность в бумагах, безвредно"), decoy=True),
    "N05": FindCode(text("Tag with nothing behind it", ru="Метка, за которой ничего нет"), decoy=True),
}
# What is seen in one image of a set, or between that image and the log.
IMAGE_FINDS = frozenset(name for name, code in FIND_CODES.items() if "image-set" in code.needs)
