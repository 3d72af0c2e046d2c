"""fieldkit: exercises, scoresheets, marks and reports for practicals at border crossing points."""

__version__ = "0.1.0"
