"""What a page of text costs in each language, beside the same page in English and in plain ReportLab.

    python tests/benchmarks/bench_text.py

Every page has new words, so that nothing is found ready in a cache: the worst case. The pages are drawn in turn,
and the best of the rounds counts. Ends with 1 where a promise is broken: Dari and Pashto at most 4 times English,
and English at most 1.1 times plain ReportLab, which draws English only.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Callable

import pymupdf_fonts
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from fieldkit.paper.page import MM, next_page, open_pdf
from fieldkit.paper.text import TEXT, draw_block

PAGES, PARAGRAPHS, WORDS, ROUNDS = 8, 18, 40, 7
SENTENCES = {
    "en": "The seal number AB123456 was checked in 15 minutes (12.5%) and the doors were found locked on both sides",
    "ru": "Номер пломбы AB123456 проверен за 15 минут (12,5 %) и двери найдены запертыми с обеих сторон контейнера",
    "ky": "Пломбанын номери AB123456 15 мүнөттө (12,5 %) текшерилди жана эшиктер эки тараптан жабык экени көрүндү",
    "prs": "مهر شماره AB123456 در 15 دقیقه (۱۲٫۵٪) بررسی شد و دروازه‌ها از هر دو طرف بسته بودند و وزن درست بود",
    "ps": "د کانټینر مهر AB123456 په 15 دقیقو کې (۱۲٫۵٪) وکتل شو، ښه ګڼل کېږي، ځای او څوک، ډاډ، ړومبی، ږیره، ټول",
}
LIMITS = {"en": 1.1, "prs": 4.0, "ps": 4.0}


def paragraphs(lang: str, seed: int) -> list[list[str]]:
    """Pages of paragraphs; a third of the words are made of two, so that most of those are new."""
    chance = random.Random(seed)
    words = SENTENCES[lang].split()

    def word() -> str:
        return chance.choice(words) + (chance.choice(words) if chance.random() < 0.33 else "")

    return [[" ".join(word() for _ in range(WORDS)) for _ in range(PARAGRAPHS)] for _ in range(PAGES)]


def engine(lang: str, pages: list[list[str]]) -> None:
    with open_pdf(io.BytesIO(), title="bench", lang=lang) as pdf:
        for page in pages:
            y = 12.0
            for text in page:
                y += draw_block(pdf, 15, y, 180, text, TEXT, lang=lang)
            next_page(pdf)


def plain(pages: list[list[str]]) -> None:
    canvas = Canvas(io.BytesIO(), pageCompression=1, invariant=1)
    for page in pages:
        y = 800.0
        for text in page:
            for line in simpleSplit(text, "plain", TEXT.size, 180 * MM):
                canvas.setFont("plain", TEXT.size)
                canvas.drawString(42, y, line)
                y -= 14
        canvas.showPage()
    canvas.save()


def seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    pdfmetrics.registerFont(TTFont("plain", io.BytesIO(pymupdf_fonts.myfont("figo"))))
    best = dict.fromkeys([*SENTENCES, "plain"], float("inf"))
    for number in range(ROUNDS):
        for lang in SENTENCES:
            pages = paragraphs(lang, number)
            best[lang] = min(best[lang], seconds(lambda lang=lang, pages=pages: engine(lang, pages)))
        pages = paragraphs("en", number)
        best["plain"] = min(best["plain"], seconds(lambda pages=pages: plain(pages)))
    broken = False
    for lang in SENTENCES:
        beside = "plain" if lang == "en" else "en"
        ratio = best[lang] / best[beside]
        over = ratio > LIMITS.get(lang, float("inf"))
        broken |= over
        said = f"{1000 * best[lang] / PAGES:6.1f} ms a page, {ratio:4.2f} times {beside}"
        print(f"{lang:4} {said}{'  TOO SLOW' if over else ''}")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
