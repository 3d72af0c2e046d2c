"""A kind of find: what it is, and which papers can carry and show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.model.papers import DOCUMENT_FORMS
from fieldkit.model.texts import NO_TEXT, Text


@dataclass(frozen=True)
class FindCode:
    """A kind of find. `fields` are the fields of papers that carry it; none for what lies on the unit itself.

    `alone`: one paper is enough to see it (a sum that is wrong, a check digit); otherwise two have to disagree.
    `needs`: papers without which it cannot be worked out. `what` and `answer` say it better than the form's caption.
    `decoy`: harmless, laid out so that "always find something" does not pay.
    """

    title: Text
    fields: tuple[str, ...] = ()
    alone: bool = False
    decoy: bool = False
    needs: tuple[str, ...] = ()
    what: Text = NO_TEXT
    answer: Text = NO_TEXT

    def can_be_carried_by(self, document: str) -> bool:
        """Whether this paper has a field in which the error can be."""
        form = DOCUMENT_FORMS[document]
        return any(form.field(field) or field in form.hidden for field in self.fields)

    def can_be_shown_by(self, documents: Iterable[str]) -> bool:
        """Whether these papers are enough for an officer to see it."""
        names = tuple(documents)
        carriers = [name for name in names if self.can_be_carried_by(name)]
        return set(self.needs) <= set(names) and (not self.fields or len(carriers) >= (1 if self.alone else 2))
