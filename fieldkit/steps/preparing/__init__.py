"""Before the day: a course is made and checked, exercises are drawn, the pack is printed."""
