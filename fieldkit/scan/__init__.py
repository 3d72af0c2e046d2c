"""Reading sheets back: from the pixels of a photo or a scan to readings of items. Nothing is written here.

bins.py        where a picture ends, and what is read of an item
files.py       which pages a file holds
pictures.py    files to pictures, each no larger than reading needs
placing.py     where the page lies in the picture, by its corner markers
hollow.py      corner markers of which an app has left the edges only
codes.py       what the code on it says
equalising.py  a code that is seen through blur
flattening.py  a code on crumpled paper
stickers.py    personal stickers on a spare sheet
lighting.py    how bright the paper is at each place
following.py   where each printed box really is, on paper that is not flat
lines.py       folds, streaks and tails of ticks: what runs through boxes and ends elsewhere
medians.py     the median, quickly
measuring.py   how dark each box is, and how far its ink reaches
rims.py        what is left round the edges of a box that was hollowed out or scribbled over
deciding.py    what each box looks like: empty, marked or doubtful
rows.py        from boxes to items
reading.py     all of it, for one picture
memory.py      memory for pictures, kept from one to the next
straight.py    the straightened page and the crops of its rows, for people
faults.py      what is wrong with a picture in which no sheet was found
thresholds.py  every number that decides, in one table
"""

import os

# Before these packages are loaded: pages are read side by side, not parts of one. OpenCV's own threads would take a
# third more of the processor and no less time, and a process that has threads cannot begin others as its copies.
for threads in ("OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
    os.environ.setdefault(threads, "1")
