"""Before the day: the exercise in which instructors mark the same performance."""
