"""Papers and labels as views of the facts: a field of the same name says the same on each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fieldkit.generator.facts import Case
from fieldkit.model.papers import DOCUMENT_FORMS, DocumentForm

Document = dict[str, Any]
Documents = dict[str, Document]


def build_documents(case: Case, names: Iterable[str]) -> Documents:
    """The papers of those names, filled from the facts. `lines` holds the rows of a paper's table."""
    return {name: _view(case, DOCUMENT_FORMS[name]) for name in names}


def _view(case: Case, form: DocumentForm) -> Document:
    document: Document = {field.name: case[field.name] for field in form.fields}
    if form.lines and form.rows:
        columns = [*(field.name for field in form.lines), *form.hidden]
        document["lines"] = [{name: row[name] for name in columns} for row in case[form.rows]]
    return document
