"""What consignments are drawn from: goods, firms, places, people. All firms and people are made up.

HS codes are right to six digits; the last four are zeros, since national subdivisions change every year.
Weights and prices are ordinary ones, so that a planted error stands out by a clear margin.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fieldkit.model.texts import text


@dataclass(frozen=True)
class Goods:
    """One kind of goods. Weights are kg for one package, `pieces` are in one package, `price` in USD for one unit."""

    id: str
    english: str
    russian: str
    hs_code: str
    packing: str
    net_kg: tuple[str, ...]
    tare_kg: str
    litres: int
    unit: str
    pieces: tuple[int, ...]
    price: tuple[int, int]  # cents, from and to
    origins: tuple[str, ...]

    @property
    def description(self) -> str:
        """How papers call it, in the two languages of most of them."""
        return f"{self.russian} / {self.english}"


_CARTON, _BAG, _PALLET, _ROLL, _PIECE = (
    "картон / carton",
    "мешок / bag",
    "паллета / pallet",
    "рулон / roll",
    "шт. / pcs",
)

GOODS = (
    Goods("tiles", "Ceramic floor tiles", "Плитка керамическая для пола", "6907210000", _PALLET,
          ("1150", "1240"), "22.5", 1100, "м2 / m2", (58, 64), (420, 780), ("CN", "TR")),
    Goods("shirts", "Cotton T-shirts, knitted", "Футболки хлопковые трикотажные", "6109100000", _CARTON,
          ("16.5", "18.2", "20"), "1.1", 90, "шт. / pcs", (100, 120), (180, 460), ("CN", "TR")),
    Goods("shoes", "Footwear, leather uppers", "Обувь с верхом из кожи", "6403990000", _CARTON,
          ("11.4", "12.6"), "1.2", 95, "пар / pairs", (12, 16), (950, 2100), ("CN", "TR")),
    Goods("toys", "Toys of plastic", "Игрушки пластмассовые", "9503000000", _CARTON,
          ("8.5", "9.6"), "0.9", 110, "шт. / pcs", (48, 72), (90, 320), ("CN",)),
    Goods("tableware", "Plastic tableware", "Посуда пластмассовая столовая", "3924100000", _CARTON,
          ("9.2", "10.5"), "0.8", 100, "шт. / pcs", (96, 144), (40, 150), ("CN", "TR")),
    Goods("cookware", "Stainless steel cookware", "Посуда из нержавеющей стали", "7323930000", _CARTON,
          ("14.8", "16.4"), "1.3", 75, "шт. / pcs", (12, 24), (480, 1250), ("CN", "TR", "DE")),
    Goods("brake-pads", "Brake pads for cars", "Колодки тормозные для автомобилей", "8708300000", _CARTON,
          ("18.5", "21"), "0.7", 22, "компл. / sets", (12, 16), (650, 1400), ("CN", "DE", "TR")),
    Goods("chargers", "Chargers for telephones", "Зарядные устройства для телефонов", "8504400000", _CARTON,
          ("12.2", "13.8"), "0.9", 60, "шт. / pcs", (100, 150), (120, 380), ("CN",)),
    Goods("bedroom", "Wooden bedroom furniture", "Мебель деревянная для спальни", "9403500000", _CARTON,
          ("38", "44.5"), "2.4", 180, "шт. / pcs", (1, 2), (4800, 9500), ("CN", "TR", "DE")),
    Goods("tyres", "New tyres for cars", "Шины новые для легковых автомобилей", "4011100000", _PIECE,
          ("8.4", "9.1"), "0.1", 95, "шт. / pcs", (1,), (2600, 4900), ("CN", "DE", "TR")),
    Goods("tea", "Black tea in packs up to 3 kg", "Чай чёрный в упаковках до 3 кг", "0902300000", _CARTON,
          ("10", "12"), "0.8", 45, "кг / kg", (10, 12), (240, 560), ("CN",)),
    Goods("rice", "Rice, milled", "Рис шлифованный", "1006300000", _BAG,
          ("25", "50"), "0.2", 58, "кг / kg", (25, 50), (65, 120), ("CN", "TR")),
    Goods("paint", "Water-based acrylic paint", "Краска акриловая водная", "3209100000", _CARTON,
          ("20", "24"), "1.4", 28, "кг / kg", (20, 24), (140, 360), ("TR", "DE", "CN")),
    Goods("washing-powder", "Washing powder", "Порошок стиральный", "3402500000", _CARTON,
          ("12", "15"), "0.6", 30, "кг / kg", (12, 15), (85, 190), ("TR", "DE", "CN")),
    Goods("fabric", "Polyester woven fabric, dyed", "Ткань полиэфирная окрашенная", "5407520000", _ROLL,
          ("24", "28.5"), "0.9", 85, "м / m", (100, 120), (110, 290), ("CN", "TR")),
    Goods("bottles", "Glass bottles, empty", "Бутылки стеклянные пустые", "7010900000", _PALLET,
          ("560", "610"), "24", 1700, "шт. / pcs", (1400, 1600), (12, 28), ("CN", "TR", "DE")),
)  # fmt: skip
COLD_GOODS = (
    Goods("chicken", "Frozen chicken cuts", "Части тушек кур мороженые", "0207140000", _CARTON,
          ("10", "15"), "0.7", 24, "кг / kg", (10, 15), (140, 260), ("TR", "DE", "CN")),
    Goods("fish", "Frozen fish", "Рыба мороженая", "0303890000", _CARTON,
          ("20", "22"), "0.9", 40, "кг / kg", (20, 22), (160, 380), ("CN", "TR", "DE")),
    Goods("apples", "Fresh apples", "Яблоки свежие", "0808108000", _CARTON,
          ("13", "18"), "0.8", 42, "кг / kg", (13, 18), (55, 120), ("CN", "TR", "DE")),
    Goods("cheese", "Cheese", "Сыр", "0406900000", _CARTON,
          ("8", "10"), "0.5", 20, "кг / kg", (8, 10), (380, 720), ("DE", "TR", "CN")),
)  # fmt: skip
SET_POINTS = {goods.description: degrees for goods, degrees in zip(COLD_GOODS, (-18, -18, 2, 4), strict=True)}


@dataclass(frozen=True)
class Dangerous(Goods):
    """Goods carried in a tank under ADR: UN number, hazard number, name, class and packing group of the lists."""

    un_number: str = ""
    hazard_number: str = ""
    shipping_name: str = ""
    adr_class: str = ""


_BULK = "наливом / bulk"
DANGEROUS = (
    Dangerous("petrol", "Petrol", "Бензин автомобильный", "2710120000", _BULK, ("1",), "0", 1, "кг / kg", (1,),
              (70, 110), ("CN", "TR", "DE"), "1203", "33", "UN 1203 БЕНЗИН / PETROL", "3, II"),
    Dangerous("diesel", "Diesel fuel", "Топливо дизельное", "2710190000", _BULK, ("1",), "0", 1, "кг / kg", (1,),
              (60, 100), ("CN", "TR", "DE"), "1202", "30", "UN 1202 ТОПЛИВО ДИЗЕЛЬНОЕ / DIESEL FUEL", "3, III"),
    Dangerous("acid", "Sulphuric acid", "Кислота серная", "2807000000", _BULK, ("1",), "0", 1, "кг / kg", (1,),
              (12, 30), ("CN", "TR", "DE"), "1830", "80", "UN 1830 КИСЛОТА СЕРНАЯ / SULPHURIC ACID", "8, II"),
    Dangerous("gas", "Liquefied petroleum gas", "Газ углеводородный сжиженный", "2711190000", _BULK, ("1",), "0", 1,
              "кг / kg", (1,), (45, 90), ("CN", "TR", "DE"), "1965", "23",
              "UN 1965 ГАЗОВ УГЛЕВОДОРОДНЫХ СМЕСЬ СЖИЖЕННАЯ / HYDROCARBON GAS MIXTURE, LIQUEFIED", "2"),
)  # fmt: skip
DANGEROUS_BY_UN = {goods.un_number: goods for goods in DANGEROUS}
GOODS_BY_DESCRIPTION = {goods.description: goods for goods in (*GOODS, *COLD_GOODS, *DANGEROUS)}

VAGUE_DESCRIPTIONS = (
    "Товары народного потребления / General merchandise",
    "Сборный груз / Mixed cargo",
    "Запасные части / Spare parts",
    "Хозяйственные товары / Household goods",
    "Образцы / Samples",
)

COUNTRIES = {
    "CN": "CN Китай / China",
    "TR": "TR Турция / Türkiye",
    "DE": "DE Германия / Germany",
    "KG": "KG Кыргызстан / Kyrgyzstan",
    "UZ": "UZ Узбекистан / Uzbekistan",
    "PL": "PL Польша / Poland",
}


@dataclass(frozen=True)
class Route:
    """A way into the country: where the goods come from, where they are loaded, where they cross, how long it takes."""

    origin: str
    places: tuple[str, ...]
    crossing_points: tuple[str, ...]
    days: tuple[int, int]


ROUTES = (
    Route("CN", ("Kashgar", "Urumqi", "Artux"), ("Torugart", "Irkeshtam"), (2, 6)),
    Route("TR", ("Istanbul", "Gaziantep", "Mersin"), ("Ak-Tilek", "Chaldybar", "Ak-Jol"), (11, 18)),
    Route("DE", ("Leipzig", "Nuremberg"), ("Ak-Tilek", "Chaldybar", "Ak-Jol"), (12, 19)),
)
DESTINATIONS = ("Bishkek", "Osh", "Naryn", "Tokmok", "Karakol")

CONSIGNORS = {
    "CN": ("Kunlun Sample Trading Co., Ltd", "West Gate Demo Export Co., Ltd", "Tianshan Model Goods Co., Ltd",
           "Silk Example Industries Co., Ltd"),
    "TR": ("Ornek Deneme Dis Ticaret A.S.", "Anadolu Model Sanayi Ltd. Sti.", "Bogaz Numune Ihracat A.S.",
           "Marmara Ornek Tekstil Ltd. Sti."),
    "DE": ("Mustermann Handels GmbH", "Beispiel Werkstatt GmbH", "Probehaus Export GmbH", "Demoland Teile GmbH"),
}  # fmt: skip
CONSIGNEES = (
    "ОсОО «Учебный Импорт»",
    "ОсОО «Пример Торг»",
    "ОсОО «Образец Плюс»",
    "ОсОО «Ала-Демо»",
    "ИП Примеров А. А.",
)
CARRIERS = ("Demo Trans Logistics LLC", "ОсОО «Учебтранс»", "Caravan Sample Lines", "Model Road Carriers LLC")
DECLARANTS = ("ОсОО «Брокер-Пример»", "ОсОО «Учебный Декларант»", "ОсОО «Демо Брокер Сервис»")
DRIVERS = ("Primerov Azamat", "Obraztsov Timur", "Uchebnov Ruslan", "Testov Bakyt", "Ornek Demir", "Muster Karl")
SEAL_OFFICERS = ("Учебный инспектор 1", "Учебный инспектор 2", "Учебный инспектор 3")
SEAL_MAKERS = ("TRN", "FKS", "UCH")

# How places and people are called in a text; on papers they stand as in the tables above.
_RUSSIAN = {
    "Torugart": "Торугарт", "Irkeshtam": "Иркештам", "Ak-Tilek": "Ак-Тилек", "Chaldybar": "Чалдыбар",
    "Ak-Jol": "Ак-Жол", "Kashgar": "Кашгар", "Urumqi": "Урумчи", "Artux": "Артуш", "Istanbul": "Стамбул",
    "Gaziantep": "Газиантеп", "Mersin": "Мерсин", "Leipzig": "Лейпциг", "Nuremberg": "Нюрнберг",
    "Bishkek": "Бишкек", "Osh": "Ош", "Naryn": "Нарын", "Tokmok": "Токмок", "Karakol": "Каракол",
    "Primerov Azamat": "Примеров Азамат", "Obraztsov Timur": "Образцов Тимур",
    "Uchebnov Ruslan": "Учебнов Руслан", "Testov Bakyt": "Тестов Бакыт", "Ornek Demir": "Орнек Демир",
    "Muster Karl": "Мустер Карл",
}  # fmt: skip
LOCAL_NAMES = {name: text(name, ru=russian) for name, russian in _RUSSIAN.items()}

# Plates of no country: a region 00 and letters that begin with T for training.
PLATE_REGION = "00"
PLATE_LETTERS = "BCHKMPTX"  # look the same in Latin and Cyrillic, and make no words
MAKERS_OF_VEHICLES = "TRN"  # first three of every VIN: assigned to nobody


@dataclass(frozen=True)
class ContainerType:
    """A size and type code with its usual measures (kg, m, m3)."""

    code: str
    text: str
    tare_kg: tuple[int, int]
    max_gross_kg: tuple[int, ...]
    inside_length_m: Decimal
    volume_m3: int


CONTAINER_TYPES = (
    ContainerType("22G1", "20' x 8'6\"", (2200, 2400), (30480,), Decimal("5.90"), 33),
    ContainerType("42G1", "40' x 8'6\"", (3700, 3800), (30480, 32500), Decimal("12.03"), 67),
    ContainerType("45G1", "40' x 9'6\"", (3840, 3960), (30480, 32500), Decimal("12.03"), 76),
)
REEFER_TYPES = (
    ContainerType("22R1", "20' x 8'6\"", (2900, 3080), (30480,), Decimal("5.44"), 28),
    ContainerType("45R1", "40' x 9'6\"", (4600, 4780), (34000, 35000), Decimal("11.58"), 67),
)
TYPE_BY_CODE = {kind.code: kind for kind in (*CONTAINER_TYPES, *REEFER_TYPES)}

TRAILER_VOLUME_M3 = 86
TRAILER_LENGTH_M = Decimal("13.60")
TRACTOR_TARE_KG = (7400, 8600)
CHASSIS_TARE_KG = (4600, 5600)
TRAILER_TARE_KG = (6400, 7400)
MOST_CARGO_KG = 21_000  # keeps truck, trailer, box and cargo under 40 t together
