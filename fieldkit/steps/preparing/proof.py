"""A proof page of any text, for the translator to check on paper."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import BadInput

MOST_BYTES = 1_000_000


def print_proof(source: Path, target: Path, lang: str) -> list[str]:
    """Print the text file `source` as a proof page; returns remarks on characters that were left out.

    Refuses a file that is no UTF-8 text, and names every letter that the fonts lack; then nothing is written.
    """
    from fieldkit.paper.proof import proof

    try:
        if source.stat().st_size > MOST_BYTES:
            raise BadInput(
                _("{path} is too long for a proof.").format(path=source), _("Take a text of at most a million bytes.")
            )
        text = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadInput(
            _("{path} is not there.").format(path=source), _("Name the text file first, then the PDF.")
        ) from None
    except UnicodeDecodeError:
        raise BadInput(
            _("{path} is no UTF-8 text.").format(path=source), _("Save it as plain text in UTF-8.")
        ) from None
    return proof(text, target, lang, source=source.name)
