"""Every number that decides how a picture is read, in one table.

The experiment that gave them is described in scoresheets/README.md and run by tests/benchmarks/bench_scan.py.
Darkness is 0 for the paper beside a box and 1 for this page's own printed black. Lengths named `_r` are in halves of
the side of a box.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """What counts as what."""

    # How finely a page is looked at
    long_side: int = 1700  # pixels: a picture is decoded no smaller than this
    finest: float = 4.5  # pixels a millimetre: a page that is smaller in its picture is decoded again at full size
    dark: float = 60  # of 255: a picture without a sheet, nowhere brighter than this, is too dark
    sharp_step: float = 0.1  # part of its contrast that a sharp picture has from one pixel to the next, of 800

    between: float = 0.15  # a picture of which less than this share is neither black nor white
    between_dark: float = 1.2  # and less than so many times what is black, is black and white

    # Where the page is
    hollow_marker: float = 0.5  # how much like the edges of a marker a square is that stands for one
    placed_mm: float = 2.0  # a marker further from where the others put it is not taken for one of this page
    shift_mm: float = 1.25  # how far a box may be from where flat paper has it, before the page is followed as curled
    follow_mm: float = 4.0  # how far from where markers, dots and code say it is a box of curled paper is sought
    as_dark: tuple[float, float] = (0.5, 1.6)  # on it, an outline is this dark against the usual; more has ink on it
    follow_rows: float = 0.33  # and no further than this part of the way to the next row is it sought
    dot: float = 0.35  # how much darker than its surroundings a side dot is
    outline: float = 0.4  # an outline whose lightest side has less than this part of the usual darkness is not seen
    usual_outline: float = 0.6  # the usual is no less than this part of that of the empty reference box
    lost_boxes: float = 0.34  # a page that has lost more than this share of its boxes is refused
    lost_curled: float = 0.1  # and one that had to be followed, more than this share
    stranger: float = 0.65  # an outline this dark against the usual, where none is printed, is a box
    strangers: float = 0.15  # and a page with more than this share of such boxes is refused

    # What is measured of a box
    inside_r: float = 0.62  # so far from its middle the ink inside is averaged: clear of the outline, however blurred
    depth_r: float = 0.68  # and so far its darkest twentieth is sought
    darkest: float = 95  # percentile
    beyond_r: tuple[float, float] = (1.25, 1.45)  # just outside the edge, and below the words over a column
    through_r: float = 1.55  # what is seen from here on does not end at the box
    # where what is solid has its ink, when it is hollow: in the corners, just inside the edges, just outside
    rim_r: tuple[tuple[float, float], ...] = ((0.55, 0.86), (0.7, 0.95), (1.1, 1.3))
    paper_r: float = 1.3  # from here on there is paper, on most sides
    ink_mm: float = 13.0  # dark things smaller than this are ink, larger ones are shadow

    # What is black and white on this page
    dim: float = 30  # of 255: paper darker than this shows too few shades to be sure
    black: float = 0.3  # the filled reference box is at least this dark against the paper
    uneven: float = 0.06  # what is darker than the usual paper round boxes by more than this is ink, not paper
    shadow_edge: float = 1.1  # where paper is so many times as bright on one side of a box, a shadow ends there
    shaded: float = 0.2  # paper darker than this part of the page's usual is covered by something
    glare: float = 0.1  # a box brighter inside than the paper round it by this much has a reflection on it

    hollow: float = 0.75  # a filled reference box whose middle is lighter than this part of its rim is hollowed out
    hollow_rim: float = 0.45  # and its rim, this much darker than that of empty boxes, tells it from the empty one
    hollow_empty: float = 0.15  # which has no more than this itself
    specks: float = 0.06  # darkest twentieth of its empty boxes: more is so much noise that it may look like a mark

    # What is marked
    empty_ink: float = 0.045  # mean darkness inside a box: up to here it is empty
    marked_ink: float = 0.025  # and with less than this it is not marked, however dark a part of it is
    empty_depth: float = 0.14  # darkness of the darkest twentieth inside: up to here it is empty
    marked_depth: float = 0.2  # and from here it is marked
    stroke: float = 0.1  # or from here, above the mean inside: so a thin stroke stands out
    usual_from: int = 5  # marks on a page: from so many on they say what is usual on it
    slip: float = 1.45  # and reaches over at least this length, from corner to corner: less is a slip of the pen
    thin: float = 0.3  # but for discs, by which at least this share of the inside is inked
    piece: float = 0.7  # and one piece of it reaches at least so far, across or down: specks of a copier lie apart
    like_others: float = 0.4  # depth of a mark against the page's others, where it is sharp: less may be rubbed out
    sharp_outline: float = 0.5  # outlines as dark as this are sharp
    stained: float = 0.55  # and less than this part of it, beyond two edges of the box, is a stain that runs through
    rubbed_out: float = 0.3  # fainter than this part of the one mark in its row, an unclear box is a mark rubbed out
    smudged: float = 0.07  # unless what is darkest in it stands out by more than this: a rubber leaves no strokes

    # What comes from elsewhere
    line: float = 0.07  # a line that leaves a box is at least this dark
    noise_line: float = 3.0  # and at least this many times what is usual on the page
    line_r: float = 0.27  # what is nearer to the middle of a line than this belongs to it
    pen_line: float = 0.8  # this dark against outlines and marks it is no fold but a stroke that crosses out
    streak: float = 0.6  # but for one that runs through this share of a column of boxes
    streak_from: int = 4  # which has this many boxes
    foot: float = 0.1  # beside the tail, a tick has its foot, of at least this depth
    sooner_tail: float = 1.4  # a line into a box is such a tail if it is so many times as dark as any through the box

    # What is struck out
    solid: float = 0.55  # share of the inside that is inked
    beyond: float = 0.25  # darkness just outside an edge, as a part of that inside; on opposite edges it strikes out
    filled: float = 0.9  # share that is inked by a hand that fills boxes beyond their edges
    end: float = 0.35  # a stroke that leaves a box is this dark against the darkest in it
    ends_r: tuple[float, float] = (1.25, 1.37)  # and is seen here, round the box
    far_ends_r: tuple[float, float] = (1.45, 1.57)  # no mark by a hand that keeps to the boxes comes as far
    out_ends_r: tuple[float, float] = (1.7, 1.8)  # and no other mark
    strokes_r: float = 0.72  # so far from its middle the strokes inside a box are looked at: clear of the outline
    stroke_ink: float = 0.5  # ink of them is this dark against the darkest
    stroke_r: float = 0.2  # and no further from the middle of its stroke than this
    overdrawn: float = 0.12  # share of the ink beside the two straightest strokes: a tick and a cross have less
    usual_overdrawn: float = 0.6  # share of the marks of a page of which that is so: the pen is as broad as that
    usual_crosses: float = 0.5  # share of the marks that are crosses beyond the edges: somebody marks so

    # What is drawn round another box, or to it
    ringed: float = 0.35  # ink beyond its edges, this dark against the mark of the row, is a ring
    linked: float = 0.3  # and a line from box to box, this dark against it, is an arrow
    pointed: float = 0.45  # or one that comes to another box from anywhere, this dark
    framed: float = 0.6  # a line along both sides, this dark, is the edge of a box that was scribbled over
    noise_rim: float = 5.0  # where the solid is hollow, a rim darker than so many times what is usual may be all of it
    rim: tuple[float, float] = (0.035, 0.15)  # but no less than this, in clean pictures, and no more


THRESHOLDS = Thresholds()
