"""Every word of the exercise before the day, by key and language."""

from __future__ import annotations

from fieldkit.model.texts import LANGUAGES, Text, text

CALIBRATION = text("Exercise for instructors", ru="Упражнение для инструкторов")
WORDS: dict[str, Text] = {
    "scripts": text("Scripts for the exercise of the instructors", ru="Сценарии для упражнения инструкторов"),
    "sealed": text("Sealed: only for the one who acts", ru="Закрыто: только для того, кто показывает"),
    "performance": text("Performance {name}", ru="Показ {name}"),
    "how-to-act": text(
        "Act each line as it says, from the first to the last, and say nothing of it. The instructors watch, each marks"
        " alone, and nobody talks before all have marked.",
        ru="Выполняйте строки по порядку, как сказано, и ничего о них не говорите. Инструкторы смотрят, каждый ставит"
        " отметки сам, и никто не обсуждает их, пока не закончат все.",
    ),
    "act": text("Act", ru="Действие"),
    "way": text("How", ru="Как"),
    "right": text("Right mark", ru="Верная отметка"),
    "do": text("do it", ru="выполнить"),
    "part": text("begin, and break off", ru="начать и прервать"),
    "leave": text("leave it out", ru="пропустить"),
    "key": text("Key", ru="Ключ"),
    "key-means": text(
        "The right mark of each act in each performance. An act that is only begun is not done. Open it when everybody"
        " has marked, and talk about what was seen.",
        ru="Верная отметка каждого действия в каждом показе. Действие, которое только начато, не выполнено. Откройте"
        " ключ, когда все поставят отметки, и обсудите, что было видно.",
    ),
    "agreement": text("Where the instructors differ", ru="Где инструкторы расходятся"),
    "alike": text("Everybody gave the same marks", ru="Все поставили одинаковые отметки"),
    "talk-about": text(
        "Talk about these before the course begins. Nobody is judged here, and no mark counts.",
        ru="Обсудите это до начала курса. Здесь никого не судят, и ни одна отметка не считается.",
    ),
    "given": text("Who gave what", ru="Кто что поставил"),
    "begin": text("How to begin", ru="С чего начать"),
    "one apart": text(
        "{name} saw it otherwise, and begins: what was seen, and when?",
        ru="{name}: увидено иначе. Начните: что было видно и когда?",
    ),
    "split": text(
        "What must be seen for the better mark? Agree on one sentence, and write it down.",
        ru="Что должно быть видно для лучшей отметки? Договоритесь об одной фразе и запишите её.",
    ),
    "against the key": text(
        "Was it acted as written? How is this act read here?",
        ru="Показано так, как написано? Как здесь понимают это действие?",
    ),
    "instructor": text("Instructor", ru="Инструктор"),
    "same": text("as most of the others", ru="как большинство остальных"),
    "rightly": text("the right mark", ru="верная отметка"),
    "of": text("{n} of {of}", ru="{n} из {of}"),
    "seed": text("drawn from {seed}", ru="число {seed}"),
}


def say(key: str, lang: str, **values: object) -> str:
    """The words of `key` in `lang`, with `values` put in their places."""
    return WORDS[key][lang].format(**values)


def exercise_title(station: Text) -> Text:
    """What a sheet of the exercise calls its station, in every language."""
    return Text({lang: f"{CALIBRATION[lang]}: {station[lang]}" for lang in LANGUAGES})
