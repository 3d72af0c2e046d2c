"""Reading sheets back: from the pixels of a photo or a scan to readings of boxes. It writes nothing and knows no record.

pictures.py    files to pictures, each no larger than reading needs
placing.py     where the page lies in the picture: corner markers, and which paper it is
codes.py       what the code on it says
following.py   where each printed box really is, on paper that is not flat
measuring.py   how dark each box is, and how far its ink reaches
deciding.py    empty, marked or doubtful; from boxes to items
straight.py    the straightened page and the crops of its rows
reading.py     all of it, for one picture
thresholds.py  every number that decides, in one table
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded: pages run side by side, not their sums
