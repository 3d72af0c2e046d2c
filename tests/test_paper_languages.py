"""Pages in five languages, compared with reference pictures that were looked at letter by letter.

`python tests/test_paper_languages.py` draws the pictures in tests/golden anew; look at each before keeping it.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from fieldkit.paper.page import hairline, open_pdf, rect
from fieldkit.paper.text import HEADING, TEXT, Span, Style, draw_block, draw_line, draw_list, isolate, wrap

GOLDEN = Path(__file__).parent / "golden"
WIDTH, HEIGHT = 110.0, 92.0  # the part of the page that is compared, in millimetres
DPI = 110
LANGUAGES = ("en", "ru", "ky", "prs", "ps")

# Each: heading, paragraph, bold word, list, rows of a table (label, number, share), and a line to be cut.
SEAL, LATIN_NAME, DARI_NAME, BOX = map(isolate, ("AB123456", "Ahmad (Karim) Karimi", "احمد کریمی", "MSKU 123456-7"))
SPECIMENS = {
    "en": (
        "Seal check: 15 containers",
        f"45 minutes were enough. Seal {SEAL} was checked in {isolate('15 min')} (12.5%) on 2026-03-21 at 09:30; "
        f"Mr {DARI_NAME} signed. The last one was {BOX}, weight {isolate('21 480 kg')}, 98",
        "critical",
        ("The number agrees with the document [CMR]", "Nothing was opened: “seal intact”"),
        (("Seals", "24", "87.5 %"), ("Doors (left)", "9", "100 %")),
    ),
    "ru": (
        "Проверка пломб: 15 контейнеров",
        f"45 минут хватило. Пломба {SEAL} проверена за {isolate('15 мин')} (12,5 %) 21.03.2026 в 09:30; "
        f"подписал {DARI_NAME}. Последний контейнер: {BOX}, вес {isolate('21 480 кг')}, всего 98",
        "критический",
        ("Номер совпадает с документом [CMR]", "Ничего не вскрывали: «пломба не нарушена»"),
        (("Пломбы", "24", "87,5 %"), ("Двери (левые)", "9", "100 %")),
    ),
    "ky": (
        "Пломбаны текшерүү: 15 контейнер",
        f"45 мүнөт жетиштүү болду. Пломба {SEAL} {isolate('15 мүн')} ичинде (12,5 %) 21.03.2026 саат 09:30да "
        f"текшерилди; {DARI_NAME} кол койду. Үчүнчү өң, көңүл, жүк: {BOX}, {isolate('21 480 кг')}, 98",
        "маанилүү",
        ("Номери документке дал келет [CMR]", "Эч нерсе ачылган жок: «пломба бузулган эмес»"),
        (("Пломбалар", "24", "87,5 %"), ("Эшиктер (сол)", "9", "100 %")),
    ),
    "prs": (
        "بررسی مهر: 15 کانتینر",
        f"45 دقیقه کافی بود. مهر شماره AB123456 در 15 دقیقه (۱۲٫۵٪) بررسی شد؛ تاریخ {isolate('2026-03-21')} "
        f"ساعت 09:30؛ {LATIN_NAME} امضا کرد. آخرین نمبر {BOX}، وزن {isolate('21 480 kg')}، ۹۸",
        "مهم",
        ("نمبر با سند [CMR] مطابقت دارد", "ادارهٔ گمرکات، اشتراک‌کننده: «سیل سالم است»"),
        (("مهرها", "24", "۸۷٫۵٪"), ("دروازه (چپ)", "9", "۱۰۰٪")),
    ),
    "ps": (
        "د مهر کتنه: 15 کانټینرونه",
        "45 دقیقې بس وې. د کانټینر مهر AB123456 په 15 دقیقو کې (۱۲٫۵٪) وکتل شو، ښه ګڼل کېږي، ځای او څوک، "
        f"ډاډ، ړومبی، ږیره، ټول، لارۍ؛ {LATIN_NAME} لاسلیک کړ. نمبر {BOX}، {isolate('21 480 kg')}، ۹۸",
        "مهم",
        ("نمبر د سند [CMR] سره سمون لري", "د ګمرک مامور، څارونکی: «سیل روغ دی»"),
        (("مهرونه", "24", "۸۷٫۵٪"), ("دروازه (کیڼه)", "9", "۱۰۰٪")),
    ),
}


def draw_specimen(lang: str, specimen: tuple = ()) -> bytes:
    """A page with all that a page has: heading, paragraph, bold, list, table, a bilingual row, a line that is cut."""
    heading, paragraph, bold, items, rows = specimen or SPECIMENS[lang]
    rtl = lang in ("prs", "ps")
    file = io.BytesIO()
    with open_pdf(file, title=heading, lang=lang) as pdf:
        draw_line(pdf, 5, 9, heading, HEADING, lang=lang, width_mm=100)
        y = 12 + draw_block(pdf, 5, 12, 100, [Span(paragraph + " ("), Span(bold, bold=True), Span(").")], lang=lang)
        y += draw_list(pdf, 5, y, 100, items, lang=lang)
        for label, number, share in rows:
            rect(pdf, 5, y, 100, 6, line_mm=0.1)
            left, right = (60, 5) if rtl else (6, 60)
            draw_line(pdf, left, y + 4.2, label, lang=lang, width_mm=44)
            for x, text in ((right, number), (right + 20, share)):
                draw_line(pdf, x, y + 4.2, text, Style(align="right"), lang=lang, width_mm=19)
            y += 6
        hairline(pdf, 5, y + 2, 105, y + 2)
        beside = "ky" if lang == "ru" else "ru"
        draw_line(pdf, 5, y + 7, SPECIMENS[beside][3][0], TEXT, lang=beside, width_mm=100)
        draw_line(pdf, 5, y + 12, items[0], Style(9), lang=lang, width_mm=100)
        draw_line(pdf, 5, y + 17, paragraph, Style(9), lang=lang, width_mm=60, shorten=True)
    return file.getvalue()


def picture(pdf: bytes) -> Image.Image:
    """The top left of a page, in 16 shades of grey."""
    page = pypdfium2.PdfDocument(pdf)[0]
    scale = DPI / 72
    whole = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    box = (0, 0, round(WIDTH / 25.4 * DPI), round(HEIGHT / 25.4 * DPI))
    return whole.crop(box).point(lambda value: value // 17 * 17)


def furthest(one: Image.Image, other: Image.Image, cell: int = 8) -> float:
    """The largest difference between two pictures, as the mean over a cell of about 2 mm, 0 to 255."""
    if one.size != other.size:
        return 255.0
    difference = np.abs(np.asarray(one, float) - np.asarray(other, float))
    rows, columns = (length // cell * cell for length in difference.shape)
    cells = difference[:rows, :columns].reshape(rows // cell, cell, columns // cell, cell)
    return float(cells.mean(axis=(1, 3)).max())


TOLERANCE = 20.0  # two figures that change places give 52 and more; pypdfium2 4.30 and 5.15 draw the same


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_looks_as_it_was_approved(lang: str) -> None:
    """A page in each language looks as it did when it was last looked at letter by letter."""
    with Image.open(GOLDEN / f"{lang}.png") as approved:
        assert furthest(picture(draw_specimen(lang)), approved.convert("L")) < TOLERANCE


def test_the_comparison_sees_two_figures_changing_places() -> None:
    """A page on which 15 is printed as 51 is not the approved one."""
    with Image.open(GOLDEN / "prs.png") as approved:
        heading, *rest = SPECIMENS["prs"]
        wrong = picture(draw_specimen("prs", (heading.replace("15", "51"), *rest)))

        assert furthest(wrong, approved.convert("L")) > TOLERANCE


def copied(pdf: bytes) -> list[str]:
    """The lines that pdftotext copies out of a PDF: compatibility forms and marks of direction resolved."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    done = subprocess.run([tool, "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return list(map(as_read, done.stdout.decode("utf-8").splitlines()))


def as_read(text: str) -> str:
    """A text without marks of direction, with single spaces, as it is compared."""
    marks = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
    return " ".join(unicodedata.normalize("NFKC", text.translate(marks)).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_copied_from_the_page_is_what_was_printed(lang: str) -> None:
    """Every line can be copied out of the PDF as it is read: words, figures, codes and brackets in order."""
    heading, paragraph, bold, items, rows = SPECIMENS[lang]
    found = copied(draw_specimen(lang))

    spans = [Span(paragraph + " ("), Span(bold, bold=True), Span(").")]
    for line in [heading, *wrap(spans, TEXT, 100, lang), items[0]]:
        assert as_read(line) in found
    for item in items:
        assert any(as_read(item) in line for line in found)
    for row in rows:
        assert any(all(as_read(cell) in line for cell in row) for line in found)


MANDATED = "مهر شماره AB123456 در 15 دقیقه (۱۲٫۵٪) بررسی شد"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("prs", MANDATED),
        ("prs", "پوستهٔ گمرکی (بندر)، صفحهٔ 3 از 12"),
        ("prs", "مُحَمَّد و الله و سلام لازم"),
        ("ps", "د تعرفې کوډ (HS) {x} مخ له {y} څخه"),
        ("ru", "стра́нник и́мя"),
        ("ky", f"Аты-жөнү: {isolate('احمد')} 15"),
    ],
)
def test_marks_brackets_and_mixed_lines_can_be_copied(lang: str, text: str) -> None:
    """Vowel marks stay on their letter, brackets round their word, and numbers apart from the words beside them."""
    file = io.BytesIO()
    with open_pdf(file, title="copy", lang=lang) as pdf:
        draw_line(pdf, 15, 20, text, lang=lang, width_mm=180)

    assert copied(file.getvalue()) == [as_read(text), ""]


def main() -> None:
    for lang in LANGUAGES:
        picture(draw_specimen(lang)).quantize(16).save(GOLDEN / f"{lang}.png", optimize=True)


if __name__ == "__main__":
    main()
