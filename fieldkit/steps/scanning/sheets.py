"""What the codes on sheets stand for in a course: all of it that reading needs, and little to hand to a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import NamedTuple

from fieldkit.model.codes import Code, short_id
from fieldkit.model.scoresheet import Item
from fieldkit.model.sheet import LAYOUTS, Page, lay_out
from fieldkit.scan.bins import N_, Bin, Refused

SELFTEST = N_("it is the self-test sheet: read it with `fieldkit selftest`")
EXERCISE = N_("it is a sheet of the exercise before the day: read it with `fieldkit calibrate scan`")


class Issued(NamedTuple):
    """A sheet as it was printed: the id in its code, the name of its form, its paper and layout."""

    code_id: str
    form: str
    paper: str
    layout: int
    spare: bool


@dataclass(frozen=True)
class CourseSheets:
    """The code of a course, its sheets by short id, and their forms by name. `elsewhere` has what is said of the sheets
    that another command reads, by the id in their code."""

    course: str
    elsewhere: Mapping[str, str]
    issued: Mapping[str, Issued]
    forms: Mapping[str, tuple[Item, ...]]
    _layouts: dict[tuple[str, str, int], tuple[Page, ...]] = field(default_factory=dict, repr=False, compare=False)

    def layout_of(self, code: Code) -> tuple[str, Page]:
        """The paper and the layout of the page that a code names. Raises Refused for what this course did not print."""
        issued = self.issued.get(short_id(code.id))
        if code.course != self.course:
            told = _("it is from the course {other}; this is {course}")
            raise Refused(Bin.NOT_OURS, told.format(other=code.course, course=self.course))
        if code.id in self.elsewhere:
            raise Refused(Bin.NOT_OURS, _(self.elsewhere[code.id]))
        if code.kind != "S":
            raise Refused(Bin.NOT_OURS, _("its code is that of a tag or a sticker, not of a sheet"))
        if issued is None or issued.code_id != code.id:
            raise Refused(Bin.NOT_OURS, _("it was not issued by this course: was it printed on another laptop?"))
        pages = self._laid_out(issued)
        if code.layout != issued.layout or code.layout not in LAYOUTS or not 1 <= code.page <= len(pages):
            raise Refused(Bin.UNREADABLE, _("it has a layout that this version of fieldkit does not read"), code)
        return issued.paper, pages[code.page - 1]

    def _laid_out(self, issued: Issued) -> tuple[Page, ...]:
        """The pages of a sheet, worked out once for each form and paper."""
        form = issued.form, issued.paper, issued.layout
        if form not in self._layouts:
            self._layouts[form] = lay_out(self.forms[issued.form], issued.paper, issued.layout)
        return self._layouts[form]

    def is_spare(self, code: Code) -> bool:
        """Whether a code that `layout_of` knows is on a sheet that was printed as a spare."""
        return self.issued[short_id(code.id)].spare
