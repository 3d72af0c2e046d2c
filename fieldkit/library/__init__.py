"""Reading what people write: course.yaml, rosters, scenarios and scoresheets, with every problem in its place."""
