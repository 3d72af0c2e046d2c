"""On the day: marks are taken down and corrected, and what is missing is said."""
