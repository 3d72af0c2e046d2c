"""Scanner images of an exercise as a page for the screen."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import BadInput
from fieldkit.files import refusal, write_whole
from fieldkit.model.exercise import Exercise
from fieldkit.model.scenario import Scenario


def write_images_page(exercise: Exercise, scenario: Scenario, path: Path, lang: str) -> Path:
    """Write the images of an exercise as one HTML file. Refuses an exercise without images."""
    from fieldkit.printing.screen_images import images_page

    document = exercise.documents.get("image-set")
    if document is None:
        raise BadInput(
            _('The scenario "{name}" has no scanner images.').format(name=scenario.id),
            _("`fieldkit scenario list --subject scanner` names those that have."),
        )
    page = images_page(document, scenario.title[lang], lang)
    try:
        write_whole(path, [page.encode("utf-8")])
    except OSError as error:
        raise refusal(error, _("{path} was not written").format(path=path)) from error
    return path
