"""After the day: results, pass marks, finds, reports, and how good the assessment was."""
