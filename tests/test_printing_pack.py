"""The pack: which files are printed, what stands in them and what does not, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from printing_samples import LONG_NAME, make_exercise, make_items, make_pack

from fieldkit.errors import BadInput, FieldkitError
from fieldkit.library.load import load_library
from fieldkit.model.codes import Code, short_id, show_short
from fieldkit.model.find_items import FIND_SCALE
from fieldkit.model.plan import Pack
from fieldkit.model.texts import LANGUAGES, text
from fieldkit.paper.fonts import missing
from fieldkit.paper.furniture import MARGIN
from fieldkit.paper.page import MM
from fieldkit.paper.words import WORDS
from fieldkit.printing.card import FLAP
from fieldkit.printing.pack import PARTS, print_pack
from fieldkit.printing.sketch import HEIGHT, SKETCHES, WIDTH, sketch_for

NAMES = ("Айбек Касымов", "Nurlan Sadykov", "Gulnara Asanova", "Эльмира Жумабаева", LONG_NAME[:60])


def words_of(path: Path) -> list[str]:
    """The text of each page, white space made single."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(path)]


def files_in(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Five trainees in two groups at two stations; the second group's unit at the second station is not clean."""
    return make_pack(NAMES, stations=2, spares=2)


@pytest.fixture(scope="module")
def folder(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack as printed."""
    folder = tmp_path_factory.mktemp("Торугарт 2026 گمرک")
    print_pack(pack, folder)
    return folder


def test_the_pack_has_all_its_files(folder: Path) -> None:
    """Each station has its sheets, cards, tags and documents; the course has the rest."""
    both = ("station-1", "station-2")
    wanted = {"briefs.pdf", "manifest.pdf", "rotation.pdf", "spares.pdf"}
    wanted |= {f"{kind}/{station}.pdf" for kind in ("scoresheets", "cards", "tags") for station in both}
    wanted |= {f"documents/{station}-{group}.pdf" for station in both for group in ("G1", "G2")}

    assert wanted == set(files_in(folder))


def test_the_same_pack_is_printed_the_same(pack: Pack, folder: Path, tmp_path: Path) -> None:
    """Printing a pack twice gives the same files, byte for byte."""
    print_pack(pack, tmp_path)

    assert files_in(folder) == files_in(tmp_path)


def test_parts_can_be_printed_alone(pack: Pack, tmp_path: Path) -> None:
    """Asked for tags and manifest, nothing else is printed, and each file is told when it is done."""
    told: list[str] = []

    assert print_pack(pack, tmp_path, only=["manifest", "tags"], progress=told.append) == []
    assert sorted(told) == sorted(files_in(tmp_path)) == ["manifest.pdf", "tags/station-1.pdf", "tags/station-2.pdf"]


def test_an_unknown_part_is_refused(pack: Pack, tmp_path: Path) -> None:
    """A part that does not exist is refused with the list of those that do."""
    with pytest.raises(BadInput, match="sheets") as refused:
        print_pack(pack, tmp_path, only=["sheets"])

    assert all(part in str(refused.value) for part in PARTS)
    assert not files_in(tmp_path)


def test_missing_letters_are_named(tmp_path: Path) -> None:
    """Every letter that cannot be printed is named with the text it stands in, all at once, and nothing is written."""
    pack = make_pack(["Айбек", "李 Ann", "Bo \U0001f600"])

    with pytest.raises(BadInput) as refused:
        print_pack(pack, tmp_path)

    assert [p.file for p in refused.value.problems] == ["trainee 2", "trainee 3"]
    assert '"李 Ann"' in str(refused.value)
    assert "U+674E" in str(refused.value)
    assert "U+1F600" in str(refused.value)
    assert not files_in(tmp_path)


def test_a_letter_missing_in_a_document_is_named(tmp_path: Path) -> None:
    """Not only names are checked: a value in a mock paper is named with its exercise and its box."""
    pack = make_pack(["Айбек"], spares=0)
    exercise = make_exercise(make_items(3), documents={"seal": {"seal_number": "封 123"}})
    pack = replace(pack, exercises={("station-1", "G1"): exercise})

    with pytest.raises(BadInput, match="exercise station-1, group G1: documents seal seal_number"):
        print_pack(pack, tmp_path)


def test_a_folder_that_cannot_be_made_is_told(pack: Pack, tmp_path: Path) -> None:
    """Where the pack cannot be written the message says so, without a half-written file."""
    (tmp_path / "scoresheets").write_text("in the way", encoding="utf-8")

    with pytest.raises(FieldkitError, match="scoresheets"):
        print_pack(pack, tmp_path)

    assert list(files_in(tmp_path)) == ["scoresheets"]


def test_every_page_that_could_be_taken_for_real_says_training(folder: Path) -> None:
    """Sheets, briefs, cards, mock papers and tags say TRAINING on every page."""
    for path in folder.rglob("*.pdf"):
        if path.name not in ("rotation.pdf", "manifest.pdf"):
            for text in words_of(path):
                assert "TRAINING - NOT A CUSTOMS DOCUMENT" in text, path


def test_briefs_are_one_page_in_each_language_of_the_group(tmp_path: Path) -> None:
    """A group is given one page a station in each of its languages, naming those who read it."""
    pack = make_pack(NAMES[:3])
    russian = replace(pack.trainees["2"], language="ru")
    pack = replace(pack, trainees={**pack.trainees, "2": russian})

    print_pack(pack, tmp_path, only=["briefs"])
    english, other = words_of(tmp_path / "briefs.pdf")

    assert "Your task Examine the container" in english
    assert "Nurlan" not in english
    assert "09:00 Айбек Касымов" in english
    assert "Ваша задача Осмотрите контейнер" in other
    assert "09:20 Nurlan Sadykov" in other


def test_a_brief_says_nothing_of_the_key(folder: Path) -> None:
    """Nothing of what is planted stands on a brief, a scoresheet or a tag."""
    open_to_trainees = [folder / "briefs.pdf", *(folder / "tags").iterdir(), *(folder / "scoresheets").iterdir()]
    for path in open_to_trainees:
        text = " ".join(words_of(path))
        assert "sealed pack" not in text
        assert "TRN0048231" not in text
        assert "old dent" not in text


# The instructor's card


def test_a_sealed_card_shows_nothing_outside(pack: Pack, folder: Path) -> None:
    """What is seen of a sealed card is SEALED, station, group, instructor and scenario; the rest is below the fold."""
    page = pypdfium2.PdfDocument(folder / "cards" / "station-1.pdf")[0]
    height = page.get_height()
    text = page.get_textpage()
    outside = text.get_text_bounded(0, height - FLAP * MM, page.get_width(), height)
    inside = text.get_text_bounded(0, 0, page.get_width(), height - FLAP * MM)

    assert "SEALED" in outside
    assert "Group G1" in outside
    assert "Bakyt Toktosunov" in outside
    for secret in ("sealed pack", "floor", "TRN0048231", "dent", "Key"):
        assert secret not in outside
    for secret in ("sealed pack", "TRN0048231", "old dent", "Key"):
        assert secret in inside


def test_a_card_holds_all_that_the_instructor_needs(pack: Pack, folder: Path) -> None:
    """Key, decoys, plan, what to place, safety, what to say, model answer and what to take away stand on the card."""
    text = " ".join(words_of(folder / "cards" / "station-1.pdf")[:2])
    tags = pack.tag_ids["station-1", "G1"]

    for wanted in (
        "Uneven floor near the doors, a pack beneath",
        "7 Floor",
        "CMR consignment note, Seal",
        show_short(short_id(tags["A"])),
        show_short(short_id(tags["seal"])),
        "Harmless, to be left alone",
        "Front wall",
        "Park the container with both doors free.",
        "Stand clear of the doors",
        "Tell the trainee",
        "Names the seal and both documents.",
        "Take every tag off the container.",
    ):
        assert wanted in text


def test_the_card_of_a_clean_unit_says_so(tmp_path: Path) -> None:
    """A clean unit's card says that nothing is planted, and how to mark the rows of finds that are not there."""
    find = replace(make_items(1)[0], id="find-a", scale=FIND_SCALE)
    items = (*make_items(3), find)
    pack = replace(make_pack(["Айбек"], items=items), exercises={("station-1", "G1"): make_exercise(items, clean=True)})

    print_pack(pack, tmp_path, only=["cards"])
    text = words_of(tmp_path / "cards" / "station-1.pdf")[0]

    assert "Clean unit: nothing is planted." in text
    assert "A Nothing. Mark: None here." in text


def test_a_card_of_many_lines_goes_on_on_further_pages(tmp_path: Path) -> None:
    """Nothing is cut from a card that is longer than a page."""
    pack = make_pack(["Айбек"])
    scenario = pack.scenarios["container-seven"]
    many = tuple(
        type(scenario.title)({"en": f"Model answer {n}: " + "look and say what you see. " * 4}) for n in range(60)
    )
    pack = replace(pack, scenarios={scenario.id: replace(scenario, model_answer=many)})

    print_pack(pack, tmp_path, only=["cards"])
    pages = words_of(tmp_path / "cards" / "station-1.pdf")

    assert all(f"Model answer {n}:" in " ".join(pages) for n in range(60))
    assert f"page {len(pages)} of {len(pages)}" in pages[-1]


def test_a_point_may_have_a_long_number(tmp_path: Path) -> None:
    """A centre numbers its points as it likes: "17-bis" stands in its disc too, small but whole."""
    pack = make_pack(NAMES)
    seven = pack.point_lists["seven"]
    points = tuple(replace(point, number=f"{point.number}7-bis"[:6]) for point in seven.points)
    lists = {**pack.point_lists, "seven": replace(seven, points=points)}

    print_pack(replace(pack, point_lists=lists), tmp_path, only=["cards"])

    assert words_of(tmp_path / "cards" / "station-1.pdf")[0].count("17-bis") >= 2


def test_a_page_left_empty_says_why(tmp_path: Path) -> None:
    """A card that is shorter than the others has as many pages, and its empty ones say that nothing is missing."""
    pack = make_pack(NAMES)
    key = ("station-1", "G1")
    long = replace(pack.exercises[key], situation=text("A long story. " * 500))

    print_pack(replace(pack, exercises={**pack.exercises, key: long}), tmp_path, only=["cards"])

    pages = words_of(tmp_path / "cards" / "station-1.pdf")
    said = [WORDS["left_empty"]["en"] in page for page in pages]
    assert len(pages) % 2 == 0
    assert not any(said[: len(pages) // 2])
    assert said[-1]


def test_every_point_of_the_library_stands_on_a_plan() -> None:
    """No inspection point of a shipped scenario is missing on the plan of its unit, and no two stand on each other."""
    library = load_library()
    drawn = 0
    for scenario in library.scenarios.values():
        points = library.point_lists.get(scenario.points)
        if points is None or scenario.unit not in SKETCHES:
            continue
        ids = [point.id for point in points.points]
        sketch = sketch_for(scenario.unit, ids)
        assert sketch is not None
        assert set(ids) <= sketch.spots.keys(), scenario.id
        discs = [sketch.spots[name].disc for name in ids]
        gaps = [np.hypot(a[0] - b[0], a[1] - b[1]) for n, a in enumerate(discs) for b in discs[:n]]
        assert min(gaps) > 6
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in discs)
        drawn += 1
    assert drawn


# Documents, tags, rotation, manifest


def test_documents_show_every_value_in_its_numbered_box(folder: Path) -> None:
    """A mock paper has every field of the exercise under its caption, and what hangs on the unit comes as a label."""
    cmr, label = words_of(folder / "documents" / "station-1-G1.pdf")

    assert "CMR consignment note" in cmr
    assert "13 Seal number TRN0048213" in cmr
    assert "1 Consignor Kashgar Silk Road Trading Co. (fictitious), 12 Bazaar Street, Kashgar" in cmr
    assert cmr.count("Ceramic tiles") == 2
    assert "TRN0048231" in label


def test_tags_decode_to_their_own_codes(pack: Pack, folder: Path) -> None:
    """Every tag of a station is there, eight on a page at most, with its code and the short id of that code."""
    ids = [
        code_id for (station, _), tags in pack.tag_ids.items() if station == "station-1" for code_id in tags.values()
    ]
    path = folder / "tags" / "station-1.pdf"
    found: list[str] = []
    for page in pypdfium2.PdfDocument(path):
        picture = np.array(page.render(scale=200 / 72, grayscale=True).to_pil().convert("L"))
        codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        assert len(codes) <= 8
        found += [code.text for code in codes]

    assert sorted(str(Code("T", pack.settings.code, code_id)) for code_id in ids) == sorted(found)
    assert all(show_short(short_id(code_id)) in " ".join(words_of(path)) for code_id in ids)


def test_the_rotation_has_everybody_at_every_station(pack: Pack, folder: Path) -> None:
    """Each trainee's time at each station stands on the rotation, and each instructor with his stations."""
    text = " ".join(words_of(folder / "rotation.pdf"))

    assert all(name in text for name in NAMES[:4])
    for sheet in pack.sheets:
        assert sheet.starts[11:] in text
    assert "Bakyt Toktosunov" in text
    assert "Ramp 2" in text


@pytest.mark.parametrize(("stations", "size"), [(12, 2), (2, 60)])
def test_a_large_rotation_stays_on_its_pages(stations: int, size: int, tmp_path: Path) -> None:
    """Many slots stand in several tables, and a large group goes on on the next page: nothing leaves the page."""
    pack = make_pack([f"Trainee {n}" for n in range(120)], stations=stations, group_size=size)

    print_pack(pack, tmp_path, only=["rotation"])

    for page in pypdfium2.PdfDocument(tmp_path / "rotation.pdf"):
        text = page.get_textpage()
        for n in range(text.count_rects()):
            left, low, right, _ = text.get_rect(n)
            assert left >= MARGIN * MM - 1
            assert right <= page.get_width() - MARGIN * MM + 1
            assert low > 10 * MM
    assert all(f"Trainee {n}" in " ".join(words_of(tmp_path / "rotation.pdf")) for n in range(120))


def test_a_large_group_has_the_head_of_its_table_on_every_page(tmp_path: Path) -> None:
    """Where the trainees of a group go on on the next page, station and slot stand above their times there as well."""
    pack = make_pack([f"Trainee {n}" for n in range(60)], group_size=60)

    print_pack(pack, tmp_path, only=["rotation"])

    pages = [text for text in words_of(tmp_path / "rotation.pdf") if "Trainee" in text]
    assert len(pages) > 1
    assert all("Slot 1, 09:00" in text and "Ramp 1" in text for text in pages)


def test_a_group_that_comes_late_has_no_tables_of_rest(tmp_path: Path) -> None:
    """Slots before a group's first station and after its last take no room; a rest in between is printed."""
    pack = make_pack(NAMES, stations=2)
    visits = tuple(replace(v, slot=v.slot + 10 if v.slot == 1 else v.slot + 12) for v in pack.plan.visits)
    pack = replace(pack, plan=replace(pack.plan, visits=visits))

    print_pack(pack, tmp_path, only=["rotation"])

    groups = words_of(tmp_path / "rotation.pdf")[0].partition("Instructors")[0].split("Group ")[1:]
    assert [text.count("rest") for text in groups] == [2, 2]
    assert [text.count("Slot") for text in groups] == [4, 4]


@pytest.mark.parametrize("lang", ["en", "prs"])
def test_texts_as_long_as_they_may_be_are_printed(lang: str, tmp_path: Path) -> None:
    """Whatever `fieldkit check` lets pass is printed: title, station and place at their longest, long names.

    Nothing stands on top of something else at the foot of a sheet, in either direction."""
    pack = make_pack(
        [LONG_NAME[:60], "عبدالرحمن‌زاده محمد ابراهیم شاه‌محمودی (پسر غلام‌سخی خان)"], title="Название " * 13, lang=lang
    )
    stations = tuple(replace(s, title=text("Seal check " * 7), place="Ramp " * 12) for s in pack.settings.stations)
    pack = replace(pack, settings=replace(pack.settings, stations=stations))

    print_pack(pack, tmp_path)

    page = pypdfium2.PdfDocument(tmp_path / "scoresheets" / "station-1.pdf")[0]
    read = page.get_textpage()
    rects = [read.get_rect(n) for n in range(read.count_rects())]
    foot = [rect for rect in rects if rect[3] < 12 * MM]
    title = max(foot, key=lambda rect: rect[2] - rect[0])
    assert len(foot) > 1
    assert all(right < title[0] or left > title[2] for left, _, right, _ in foot if right - left < title[2] - title[0])


@pytest.mark.parametrize("lang", ["en", "ps"])
def test_the_manifest_parts_each_column_to_tick(lang: str, tmp_path: Path) -> None:
    """An upright stands before each of the three columns to tick, and none at the edge of the page."""
    print_pack(make_pack(NAMES, lang=lang), tmp_path, only=["manifest"])

    page = pypdfium2.PdfDocument(tmp_path / "manifest.pdf")[0]
    bounds = [item.get_bounds() for item in page.get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    uprights = {round(left / MM) for left, low, right, high in bounds if right - left < 2 and high - low > 5}
    assert len(uprights) == 3
    assert all(MARGIN + 10 < x < page.get_width() / MM - MARGIN - 10 for x in uprights)


def test_the_manifest_lists_every_serial(pack: Pack, folder: Path) -> None:
    """Every sheet that was issued, spares too, stands once on the manifest, with room to tick and to sign."""
    text = " ".join(words_of(folder / "manifest.pdf"))

    assert all(text.count(show_short(sheet.id)) == 1 for sheet in pack.sheets)
    assert f"{len(pack.sheets)} sheets issued" in text
    assert "returned spare void" in text
    assert "Signature" in text


# Words


def test_every_word_is_there_in_english_and_russian() -> None:
    """All furniture exists in English and Russian, with the same places to fill, in letters that the fonts have."""
    for key, entry in WORDS.items():
        assert entry.has("en"), key
        assert entry.has("ru"), key
        places = {lang: sorted(re.findall(r"{\w+}", entry.by_language[lang])) for lang in entry.by_language}
        assert len({tuple(found) for found in places.values()}) == 1, key
        assert all(lang in LANGUAGES and not missing(words) for lang, words in entry.by_language.items()), key


def test_every_word_is_used() -> None:
    """No word is in the catalogue that nothing prints."""
    source = "".join(_sources())

    unused = [
        key for key in WORDS if not re.search(f"[\"']{key}[\"']", source) and not key.startswith(("rating_", "ends_"))
    ]

    assert unused == []


def _sources() -> Iterator[str]:
    import fieldkit

    for folder in ("printing", "paper"):
        for path in (Path(fieldkit.__file__).parent / folder).glob("*.py"):
            if path.name != "words.py":
                yield path.read_text(encoding="utf-8")
