"""What the files of the record are called, in the course's folder."""

SNAPSHOT = "scores.json"
JOURNAL = "scores.journal"
LOCK = "scores.lock"
