"""A small pack from literals, in sizes as asked: what the tests and the benchmark of printing print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from fieldkit.model.codes import make_id
from fieldkit.model.course import CourseSettings, Station
from fieldkit.model.exercise import Exercise, Planted
from fieldkit.model.people import Person
from fieldkit.model.plan import Group, Pack, Plan, Sheet, Visit
from fieldkit.model.scenario import Point, PointList, Scenario
from fieldkit.model.scoresheet import Item, Mark, Scale
from fieldkit.model.texts import Text, text

KEY = b"a key for tests only"
DONE = Scale(
    "done",
    (
        Mark("done", text("done", ru="выполнено"), Decimal(1)),
        Mark("not-done", text("not done", ru="не выполнено"), Decimal(0), fails=True),
        Mark("not-observed", text("not observed", ru="не наблюдалось"), Decimal(0)),
        Mark("not-applicable", text("not applicable", ru="неприменимо"), None),
    ),
)
QUALITY = Scale(
    "quality",
    (
        Mark("full", text("in full", ru="полностью"), Decimal(1)),
        Mark("partly", text("partly", ru="частично"), Decimal("0.5")),
        Mark("no", text("no", ru="нет"), Decimal(0), fails=True),
    ),
)
ACTS = (
    ("Asks for the full set of documents before touching the unit", "Требует полный комплект документов до осмотра"),
    (
        "Engine off, brake on, wheels chocked, keys taken",
        "Двигатель заглушён, тормоз включён, колёса подклинены, ключи изъяты",
    ),
    ("Views the seal and the locking hardware from close by", "Осматривает пломбу и запорное устройство вблизи"),
    (
        "Reads the whole seal number aloud and compares it with two documents, naming both of them",
        "Читает номер пломбы вслух полностью и сверяет его с двумя документами, называя оба документа",
    ),
    ("Tugs the seal", "Тянет пломбу"),
    ("Twists and turns the seal", "Поворачивает и прокручивает пломбу"),
    (
        "Checks the atmosphere before anybody enters, ventilates the unit, or says why it is not needed here",
        "Проверяет воздух до входа людей, проветривает контейнер или объясняет, почему это здесь не нужно",
    ),
    ("Photographs the seal so that its number can be read", "Фотографирует пломбу так, чтобы номер читался"),
    ("Names the point of every anomaly and describes it", "Называет точку каждой аномалии и описывает её"),
    ("Reports nothing that is not there", "Не сообщает о том, чего нет"),
)
POINTS = PointList(
    "seven",
    text("Seven-point container examination", ru="Осмотр контейнера по семи точкам"),
    tuple(
        Point(name, str(number), text(english, ru=russian))
        for number, (name, english, russian) in enumerate(
            (
                ("undercarriage", "Outside, undercarriage", "Снаружи, днище"),
                ("doors", "Doors, inside and outside", "Двери внутри и снаружи"),
                ("right-side", "Right side", "Правая стенка"),
                ("left-side", "Left side", "Левая стенка"),
                ("front-wall", "Front wall", "Передняя стенка"),
                ("roof", "Ceiling, roof", "Потолок, крыша"),
                ("floor", "Floor", "Пол"),
            ),
            1,
        )
    ),
)
SCENARIO = Scenario(
    id="container-seven",
    version=1,
    subject="containers",
    unit="container",
    title=text("Container examination, seven points", ru="Досмотр контейнера по семи точкам"),
    situation=text("unused"),
    task=text("unused"),
    minutes=20,
    scoresheet="practical",
    hand_in=text("Your list of discrepancies, signed.", ru="Подписанный перечень несоответствий."),
    prepare=(text("Park the container with both doors free.", ru="Поставьте контейнер так, чтобы двери открывались."),),
    props=(text("Torch, mirror, mallet, tape", ru="Фонарь, зеркало, киянка, рулетка"),),
    safety=(
        text("Work in pairs. Helmet, gloves, safety shoes.", ru="Работать вдвоём. Каска, перчатки, спецобувь."),
        text("Stand clear of the doors when they open.", ru="При открытии дверей стоять в стороне."),
    ),
    points="seven",
    documents=("cmr", "seal"),
    model_answer=(text("Names the seal and both documents.", ru="Называет пломбу и оба документа."),),
    clean_up=(text("Take every tag off the container.", ru="Снимите все метки с контейнера."),),
)
SITUATION = text(
    "A 40-foot container from Kashgar stands at the examination ramp. The driver hands you the consignment note. "
    "The system chose the red channel; nobody has opened the unit yet.",
    ru="На досмотровой площадке стоит 40-футовый контейнер из Кашгара. Водитель подаёт вам накладную. "
    "Система выбрала красный коридор; контейнер ещё никто не вскрывал.",
)
TASK = text(
    "Examine the container at its seven points. Say aloud what you look at and what you see. "
    "Compare the seal with the documents before you let it be cut.",
    ru="Осмотрите контейнер по семи точкам. Говорите вслух, что вы осматриваете и что видите. "
    "Сверьте пломбу с документами до того, как её срежут.",
)
CMR = {
    "cmr_number": "0482137",
    "consignor": "Kashgar Silk Road Trading Co. (fictitious), 12 Bazaar Street, Kashgar",
    "consignee": "ОсОО «Ала-Тоо Импорт» (вымышлено), Бишкек, ул. Учебная, 5",
    "delivery_place": "Bishkek, KG",
    "loading_place": "Kashgar, CN",
    "loading_date": "2026-04-29",
    "attached": "INV-00412, packing list, TRN-104822",
    "container_number": "TRNU 120381 4",
    "packages": "412",
    "gross_kg": "24180",
    "seal_number": "TRN0048213",
    "carrier": "Tien Shan Trucking (fictitious)",
    "tractor_plate": "00 123 AAA",
    "trailer_plate": "00 456 BBB",
    "driver": "Asanbek Uulu Marat",
    "consignor_signature": "подписано, печать / signed, stamped",
    "carrier_signature": "подписано, печать / signed, stamped",
    "lines": [
        {
            "marks": f"FK {n}/206",
            "packages": "206",
            "packing": "cartons",
            "hs_code": "6907219009",
            "description": "Ceramic tiles, glazed, for floors and walls",
            "gross_kg": "12090",
        }
        for n in (1, 2)
    ],
}
SEAL = {"seal_number": "TRN0048231", "seal_class": "H", "seal_maker": "TRAINSEAL"}
LONG_NAME = "Абдырахманбекова-Мамытбекова Айжаркын Токтогуловна-Султанмурат" * 2  # 124 letters


def make_items(count: int, *, scales: Sequence[Scale] = (DONE,)) -> tuple[Item, ...]:
    """`count` items, the scales in runs; every fifth item is critical."""
    items = []
    for n in range(count):
        english, russian = ACTS[n % len(ACTS)]
        scale = scales[n * len(scales) // count]
        items.append(Item(f"act-{n + 1}", text(english, ru=russian), scale, critical=n % 5 == 1))
    return tuple(items)


def make_exercise(
    items: tuple[Item, ...], *, clean: bool = False, documents: Mapping[str, object] | None = None
) -> Exercise:
    """The container exercise with a find at the floor and another in the papers; a clean unit has neither."""
    finds = (
        Planted(
            "A",
            "hide",
            "floor",
            ("container",),
            text(
                "A sealed pack under the floor board nearest to the doors", ru="Пакет под ближней к дверям доской пола"
            ),
            text("Uneven floor near the doors, a pack beneath", ru="Неровный пол у дверей, под ним пакет"),
            level=2,
            tagged=True,
        ),
        Planted(
            "B",
            "D02",
            None,
            ("cmr", "seal"),
            text(
                "Seal on the door TRN0048231, in the papers TRN0048213",
                ru="Пломба на двери TRN0048231, в документах TRN0048213",
            ),
            text("The seal number differs by two digits", ru="Номер пломбы отличается двумя цифрами"),
        ),
    )
    decoys = (
        Planted(
            "C", "dent", "left-side", ("container",), text("An old dent", ru="Старая вмятина"), Text(), tagged=True
        ),
    )
    return Exercise(
        scenario=SCENARIO.id,
        version=1,
        subject="containers",
        seed=4711,
        clean=clean,
        facts={"container": "TRNU 120381 4", "seal": "TRN0048231", "tare_kg": "3900"},
        planted=() if clean else finds,
        decoys=decoys,
        documents={"cmr": CMR, "seal": SEAL} if documents is None else documents,  # type: ignore[dict-item]
        items=items,
        situation=SITUATION,
        task=TASK,
    )


def make_pack(
    names: Sequence[str] = ("Айбек Касымов", "Nurlan Sadykov", "Gulnara Asanova"),
    *,
    items: tuple[Item, ...] | None = None,
    stations: int = 1,
    group_size: int = 3,
    spares: int = 1,
    paper: str = "a4",
    lang: str = "en",
    title: str = "Torugart 2026, seal practical",
) -> Pack:
    """A pack for trainees of these names at `stations` stations that all use the container scenario."""
    items = make_items(10) if items is None else items
    numbers = [str(n + 1) for n in range(len(names))]
    groups = tuple(
        Group(f"G{k + 1}", tuple(numbers[k * group_size : (k + 1) * group_size]))
        for k in range((len(names) + group_size - 1) // group_size)
    )
    ids = [f"station-{n + 1}" for n in range(stations)]
    settings = CourseSettings(
        code="TOR26",
        title=title,
        crossing_point="Torugart",
        start="2026-05-04",
        languages=(lang,),
        paper=paper,
        stations=tuple(Station(i, SCENARIO.id, place=f"Ramp {n + 1}") for n, i in enumerate(ids)),
    )
    teachers = {
        "I1": Person("I1", "Bakyt Toktosunov", language=lang),
        "I2": Person("I2", "Elena Petrova", language=lang),
    }
    visits = tuple(
        Visit((g + s) % max(stations, len(groups)) + 1, station, group.id, ("I1", "I2")[s % 2])
        for s, station in enumerate(ids)
        for g, group in enumerate(groups)
    )
    sheets = [
        Sheet(
            make_id(KEY, visit.station, member),
            visit.station,
            member,
            visit.instructor,
            visit.group,
            starts=f"2026-05-04T{8 + visit.slot:02}:{20 * turn:02}",
        )
        for visit in visits
        for turn, member in enumerate(next(g for g in groups if g.id == visit.group).members)
    ]
    spare = [
        Sheet(make_id(KEY, i, "spare", str(k)), i, "", "", groups[0].id, k + 1) for i in ids for k in range(spares)
    ]
    exercises = {
        (station, group.id): make_exercise(items, clean=(s + g) % 4 == 3)
        for s, station in enumerate(ids)
        for g, group in enumerate(groups)
    }
    tags = {place: {label: make_id(KEY, "tag", *place, label) for label in ("A", "C", "seal")} for place in exercises}
    return Pack(
        settings=settings,
        plan=Plan(7, groups, visits, {}),
        trainees={n: Person(n, name, language=lang) for n, name in zip(numbers, names, strict=True)},
        instructors=teachers,
        scenarios={SCENARIO.id: SCENARIO},
        point_lists={POINTS.id: POINTS},
        exercises=exercises,
        sheets=(*sheets, *spare),
        tag_ids=tags,
    )


def with_sheet(pack: Pack, number: int, **changes: object) -> Pack:
    """The pack with one of its sheets changed."""
    sheets = list(pack.sheets)
    sheets[number] = replace(sheets[number], **changes)  # type: ignore[arg-type]
    return replace(pack, sheets=tuple(sheets))
