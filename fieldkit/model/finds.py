"""What can be planted: the codes of finds and decoys, what each is, and which papers can show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.model.papers import DOCUMENT_FORMS
from fieldkit.model.texts import Text, text


@dataclass(frozen=True)
class FindCode:
    """A kind of find. `fields` are the fields of papers that carry it; none for what lies on the unit itself.

    `alone`: one paper is enough to see it (a sum that is wrong, a check digit); otherwise two have to disagree.
    `decoy`: harmless, laid out so that "always find something" does not pay.
    """

    title: Text
    fields: tuple[str, ...] = ()
    alone: bool = False
    decoy: bool = False

    def can_be_carried_by(self, document: str) -> bool:
        """Whether this paper has a field in which the error can be."""
        return any(DOCUMENT_FORMS[document].field(field) for field in self.fields)

    def can_be_shown_by(self, documents: Iterable[str]) -> bool:
        """Whether these papers are enough for an officer to see it."""
        carriers = [name for name in documents if self.can_be_carried_by(name)]
        return not self.fields or len(carriers) >= (1 if self.alone else 2)


_SIGNATURES = ("consignor_signature", "carrier_signature", "declarant_signature", "issuer_signature")

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
    "D13": FindCode(
        text("Certificate has expired", ru="Истёк срок свидетельства"), ("examine_by", "approval_until"), alone=True
    ),
    "D15": FindCode(text("Description is vague", ru="Описание расплывчато"), ("description",), alone=True),
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
    "N01": FindCode(text("Old repair, harmless", ru="Старый ремонт, безвредно"), decoy=True),
    "N02": FindCode(text("Dirt, rust or wear, harmless", ru="Грязь, ржавчина, износ, безвредно"), decoy=True),
    "N03": FindCode(text("Everyday object, harmless", ru="Бытовой предмет, безвредно"), decoy=True),
}
